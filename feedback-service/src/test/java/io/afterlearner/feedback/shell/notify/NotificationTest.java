package io.afterlearner.feedback.shell.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.afterlearner.feedback.shell.notify.Receiver.Format;
import io.afterlearner.schemas.ArmsAction;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static JsonNode body(ArmsAction action, Format format) throws IOException {
        Notification notification =
                Notification.of("topic-2-30", Entries.entry(action, 1_000)).orElseThrow();
        return JSON.readTree(notification.body(format));
    }

    @Test
    void peopleAreToldOfWhatTheyHaveToKnowOrToDo() {
        Set<ArmsAction> sent = Arrays.stream(ArmsAction.values())
                .filter(action -> Notification.of("x", Entries.entry(action, 1)).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                "[PROMOTE, ROLLBACK, REVERT, RESUME, ALARM, PROPOSE, APPROVE, REJECT, STOP, PAUSE, EXHAUSTED, GRANT]",
                sent.toString());
    }

    @Test
    void aCloudEventHasTheEntryAndItsPlaceAsId() throws IOException {
        JsonNode event = body(ArmsAction.ROLLBACK, Format.CLOUDEVENTS);
        assertEquals("1.0", event.get("specversion").asText());
        assertEquals("topic-2-30", event.get("id").asText());
        assertEquals("/afterlearner/audit", event.get("source").asText());
        assertEquals("io.afterlearner.study.rollback", event.get("type").asText());
        assertEquals("ranking-1a2b3c4d", event.get("subject").asText());
        assertEquals("1970-01-01T00:00:01Z", event.get("time").asText());
        assertEquals("better by 3 <b>", event.get("data").get("reason").asText());
        assertEquals(5, event.get("data").get("to").asLong());
    }

    @Test
    void aMessageForSlackHasNoMarkupOfItsOwn() throws IOException {
        JsonNode message = body(ArmsAction.PROMOTE, Format.SLACK);
        assertEquals(
                "ranking: promoted by feedback-service: better by 3 &lt;b&gt;",
                message.get("text").asText());
        assertEquals(1, message.size());
    }

    @Test
    void whatAPersonWroteCallsNobodyAndIsOneLineOfLimitedLength() throws IOException {
        String reason = "@all\n<!channel>" + "x".repeat(5_000);
        Notification notification = Notification.of(
                        "x", Entries.entry("s", ArmsAction.REVERT, 1, "ann@example.com", reason))
                .orElseThrow();
        String text = JSON.readTree(notification.body(Format.SLACK)).get("text").asText();
        assertTrue(text.startsWith("s: reverted by ann@\u200bexample.com: @\u200ball &lt;!channel&gt;x"), text);
        assertTrue(text.length() < 2_100 && text.endsWith("x…"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "ranking-1a2b3c4d, ranking",
        "ranking-1a2b3c4d-2, ranking",
        "a-b-c-1a2b3c4d, a-b-c",
        "ranking, ranking",
        "ranking-12, ranking-12"
    })
    void theNameIsInTheId(String study, String name) {
        Notification notification = Notification.of("x", Entries.entry(study, ArmsAction.STOP, 1, "x", "y"))
                .orElseThrow();
        assertEquals(name, notification.name());
    }

    @Test
    void aProposalSaysHowToAnswerIt() throws IOException {
        String text = body(ArmsAction.PROPOSE, Format.SLACK).get("text").asText();
        assertTrue(text.contains("./afterlearner study approve ranking"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            APPROVE   | candidate 5 is better   | promotion approved by cli:ann: candidate 5 is better
            REJECT    | rejected                | candidate 5 rejected by cli:ann
            REJECT    | worse by 2              | candidate 5 rejected by cli:ann: worse by 2
            STOP      | stopped                 | stopped by cli:ann
            STOP      | the study's deadline    | stopped by cli:ann: the study's deadline
            RESUME    | each metric is reported | resumed by cli:ann: each metric is reported
            ALARM     | they differ             | alarm by cli:ann: they differ%Once that is corrected: ./afterlearner study resume s
            ALARM     | no report: exploration is held until one comes | alarm by cli:ann: no report: exploration is held until one comes
            EXHAUSTED | spent                   | error budget spent by cli:ann: spent%To go on: ./afterlearner study grant s; to end it: study stop s
            """)
    void aMessageForSlackSaysWhatWasDoneAndWhatToDo(ArmsAction action, String reason, String text) throws IOException {
        Notification notification = Notification.of("x", Entries.entry("s", action, 1, "cli:ann", reason))
                .orElseThrow();
        assertEquals(
                "s: " + text.replace('%', '\n'),
                JSON.readTree(notification.body(Format.SLACK)).get("text").asText());
    }
}
