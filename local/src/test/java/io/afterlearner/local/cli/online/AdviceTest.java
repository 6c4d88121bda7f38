package io.afterlearner.local.cli.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.local.cli.Cli;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.TopicCatalogue;
import io.afterlearner.schemas.cluster.TopicSpec;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.OnlineKeys;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest extends PlannedStudy {
    private static final String WITHOUT_STOP =
            TinyStudy.ONLINE.replace("  stop: {exposures: 100000, after: 14d}\n", "");

    private static String line(JsonNode plan, String part) {
        for (JsonNode line : plan.get("advice")) {
            if (line.asText().contains(part)) {
                return line.asText();
            }
        }
        throw new AssertionError("no " + part + " in " + plan.get("advice"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{after: 30d}', 0.2, 5000, 0.04",
        "'{exposures: 20000}', 0.2, 5000, 0.04",
        "'{exposures: 100000, after: 14d}', 0.1, 50000, 0.04",
        "'{after: 4d}', 0.4, 5000, 0.04",
        "'{after: 365d}', 0.05, 500000, 0.01"
    })
    void settingsThatAreAdvisedForALiftPromoteIt(String stop, String lift, String units, String baseline)
            throws IOException {
        String yaml = TinyStudy.ONLINE.replace("{exposures: 100000, after: 14d}", stop);
        String[] options = {"--units-per-day", units, "--baseline", baseline, "--lift", lift};
        JsonNode before = json(yaml, options);
        assertTrue(before.at("/duels/0/promotionMillis").isNull(), before.toString());
        String advice = line(before, "set online.");
        JsonNode after = json(Adopted.of(yaml, before).yaml(), options);
        assertTrue(after.at("/duels/0/promotionMillis").isNumber(), advice + after);
        assertTrue(after.at("/duels/0/obstacle").isNull(), after.toString());
    }

    @Test
    void settingsThatAreAdvisedForTheSearchSettleAllCandidates() throws IOException {
        String yaml = TinyStudy.ONLINE.replace("{exposures: 100000, after: 14d}", "{exposures: 3000, after: 4d}");
        JsonNode before = json(yaml, TRAFFIC);
        assertTrue(before.get("candidates").asLong() < 60, before.toString());
        JsonNode after = json(Adopted.of(yaml, before).yaml(), TRAFFIC);
        assertEquals(60, after.get("candidates").asLong(), after.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "5000, 1e-12, 'online.exposures would have to be 3.4e14 (maximum: 1,000,000,000); tried in vain: ',",
        "1, 0.04, 'a candidate with 2,880 exposures would take 158 years (maximum of evaluation.timeout: 90d)'",
        "500, 0.04, '(maximum of online.stop.after: 365d); tried in vain: ',"
    })
    void whatThisTrafficCannotShowIsOutOfReach(String units, String baseline, String why) throws IOException {
        JsonNode plan = json(TinyStudy.ONLINE, "--units-per-day", units, "--baseline", baseline, "--lift", "0.05,0.1");
        String line = line(plan, "a lift of 10 % is out of reach with this traffic: ");
        assertTrue(line.contains(why), line);
        assertFalse(plan.get("advice").toString().contains("set online.exposures"), plan.toString());
    }

    @Test
    void whatIsNotTriedIsNotPromoted() throws IOException {
        String[] options = {"--units-per-day", "5000", "--baseline", "0.04", "--lift", "0.05,0.4"};
        JsonNode duels = json(TinyStudy.ONLINE, options).get("duels");
        assertTrue(duels.get(0).get("promotionMillis").isNull(), duels.toString());
        assertEquals("EXPOSURES", duels.get(0).get("obstacle").asText());
        assertTrue(duels.get(1).get("promotionMillis").isNumber(), duels.toString());
        JsonNode stopped = json(TinyStudy.ONLINE.replace("14d", "10d"), options).at("/duels/1");
        assertTrue(stopped.get("promotionMillis").isNull(), "it takes 13 days");
        assertEquals("STOP", stopped.get("obstacle").asText());
    }

    @Test
    void aRateNearOneSaysWhyThereIsNoLift() throws IOException {
        Cli.Output output = plan(TinyStudy.ONLINE, "--units-per-day", "5000", "--baseline", "0.9999");
        for (String part : List.of(
                "no lift is planned: the baseline is too near to the end of the metric's range",
                "- online.metric: click can rise by at most 0.01 %, to 1; report the opposite event with goal: minimize")) {
            assertTrue(output.out().contains(part), part + " in " + output.out());
        }
        JsonNode near = json(TinyStudy.ONLINE, "--units-per-day", "5000", "--baseline", "0.97");
        assertEquals(1 / 0.97 - 1, near.at("/duels/1/lift").asDouble(), 1e-9);
    }

    @Test
    void aRangeThatCostsExposuresIsNamed() throws IOException {
        String yaml = TinyStudy.ONLINE
                .replace("unit: user\n", "unit: request\n  slice: 10m\n")
                .replace("token: ctx.token", "id: eventId")
                .replace("aggregate: rate, goal: maximize", "aggregate: mean, range: [0, 1], goal: maximize");
        String[] options = {"--baseline", "0.1", "--sd", "0.01", "--guardrail", "latencyMillis=120,5"};
        JsonNode plan = json(yaml, options);
        String metric = line(plan, "online.metric.range: [0, 1] is much wider than the values of click spread");
        assertTrue(metric.contains("with [0, 0.2] a duel for 20 % takes 150 instead of "), metric);
        String guardrail = line(plan, "online.guardrails[0].metric.range: [0, 1000] is much wider than");
        assertTrue(guardrail.contains("with [90, 150] showing the limit takes 150 instead of 1,310"), guardrail);
        String narrow = yaml.replace("[0, 1]", "[0, 0.2]").replace("[0, 1000]", "[90, 150]");
        String advice = json(narrow, options).get("advice").toString();
        assertFalse(advice.contains("range"), advice);
    }

    @Test
    void aGuardrailThatCannotBeShownToBeKeptIsSaidWithALimitThatCan() throws IOException {
        String yaml = TinyStudy.ONLINE.replace(
                "aggregate: p99, goal: minimize, range: [0, 1000]", "aggregate: rate, goal: minimize");
        JsonNode plan = json(yaml, "--units-per-day", "5000", "--baseline", "0.3", "--guardrail", "latencyMillis=0.04");
        JsonNode guardrail = plan.get("guardrails").get(0);
        assertFalse(guardrail.get("possible").asBoolean());
        assertTrue(guardrail.get("exposures").asLong() > 100_000);
        assertTrue(guardrail.get("possibleLimit").asDouble() > 1.2);
        String advice = plan.get("advice").toString();
        assertTrue(advice.contains("online.guardrails[0]: the limit of 1.05 for latencyMillis needs "), advice);
    }

    @ParameterizedTest
    @CsvSource({"10, ''", "5000, 'evaluation: {timeout: 13h}'"})
    void nothingIsShownAsPromotedIfCandidatesExpire(String units, String evaluation) throws IOException {
        String yaml = WITHOUT_STOP + evaluation + "\n";
        String[] options = {"--units-per-day", units, "--baseline", "0.04", "--lift", "0.4,5"};
        JsonNode plan = json(yaml, options);
        assertEquals(60, plan.get("expired").asLong(), plan.toString());
        assertEquals(0, plan.get("candidates").asLong(), plan.toString());
        for (JsonNode duel : plan.get("duels")) {
            assertEquals("TIMEOUT", duel.get("obstacle").asText(), plan.toString());
            assertTrue(duel.get("promotionMillis").isNull(), plan.toString());
        }
        String text = plan(yaml, options).out();
        assertTrue(text.contains(", but it expires after "), text);
        assertTrue(text.contains("–               candidates expire before they are told: evaluation.timeout"), text);
        assertTrue(text.contains("- evaluation.timeout: a candidate takes "), text);
    }

    /** As many as before wait for the slots that a duel leaves. */
    @ParameterizedTest
    @CsvSource({
        "4, 14h, 'a candidate takes 14 h and expires after 14h; set it to 29h'",
        "4, 28h, 'a candidate that is asked during a duel takes up to 29 h instead of 14 h and expires after 28h; set it to 29h'",
        "3, 14h, 'a candidate that is asked during a duel takes up to 16 h instead of 11 h and expires after 14h; set it to 17h'",
        "1, 1d, 'a candidate that is asked during a duel takes up to 4.7 d instead of 3.6 h and expires after 1d; set it to 5d'"
    })
    void aTimeoutIsLongEnoughForCandidatesThatWait(int parallelism, String timeout, String line) throws IOException {
        String yaml = WITHOUT_STOP.replace("parallelism: 4", "parallelism: " + parallelism) + "evaluation: {timeout: "
                + timeout + "}\n";
        String[] options = {"--units-per-day", "5000", "--baseline", "0.04", "--lift", "0.5"};
        JsonNode plan = json(yaml, options);
        assertTrue(line(plan, "evaluation.timeout: ").endsWith(line), plan.toString());
        JsonNode after = json(Adopted.of(yaml, plan).yaml(), options);
        assertFalse(after.get("advice").toString().contains("evaluation.timeout"), after.toString());
        assertTrue(after.at("/duels/0/obstacle").isNull(), after.toString());
    }

    @Test
    void theFirstCandidatesWaitForTheCalibration() throws IOException {
        String yaml =
                TinyStudy.CLICKED.replace("silence: 0", "silence: 0, winsorise: 0.999") + "evaluation: {timeout: 1d}\n";
        String[] options = {"--units-per-day", "10000", "--baseline", "1.3", "--sd", "2", "--lift", "0.4"};
        JsonNode plan = json(yaml, options);
        assertTrue(plan.get("expired").asLong() > 0, plan.toString());
        String line = line(plan, "evaluation.timeout: ");
        assertTrue(line.contains("candidates expire after 1d, because the first ones wait up to 3.3 d for"), line);
        JsonNode after = json(Adopted.of(yaml, plan).yaml(), options);
        assertEquals(0, after.get("expired").asLong(), after.toString());
    }

    /** Nothing ends the study, but its history is not kept for so long. */
    @Test
    void whatTakesLongerThanTheHistoryIsKeptIsSaid() throws IOException {
        String[] options = {"--units-per-day", "500", "--baseline", "0.04", "--lift", "0.4"};
        String yaml = WITHOUT_STOP.replace("budget: 60", "budget: 600");
        String text = plan(yaml, options).out();
        assertTrue(text.contains("d           the history of a study is kept for 365d"), text);
        JsonNode plan = json(yaml, options);
        String line = line(plan, "; for 40 %, set online.exposures to ");
        JsonNode after = json(Adopted.of(yaml, plan).yaml(), options);
        assertTrue(after.at("/duels/0/promotionMillis").asLong() <= OnlineKeys.MAX_AFTER_MILLIS, line + after);
        TopicSpec trials = TopicCatalogue.shared().stream()
                .filter(topic -> topic.name().equals(Topics.TRIALS))
                .findFirst()
                .orElseThrow();
        assertEquals(
                String.valueOf(OnlineKeys.MAX_AFTER_MILLIS), trials.configs().get("retention.ms"));
    }

    @Test
    void aWinnerMayWaitForALimitWithMoreExposures() throws IOException {
        String yaml = WITHOUT_STOP.replace(
                "aggregate: p99, goal: minimize, range: [0, 1000]", "aggregate: rate, goal: minimize");
        String[] options = {"--units-per-day", "5000000", "--baseline", "0.3", "--guardrail", "latencyMillis=0.04"};
        JsonNode plan = json(yaml, options);
        String advice = line(plan, "online.guardrails[0]: ");
        Matcher more = Pattern.compile("; a winner may wait for the limit of 1\\.05 with online\\.exposures: (\\d+)$")
                .matcher(advice);
        assertTrue(more.find(), advice);
        JsonNode after = json(yaml.replace("exposures: 150", "exposures: " + more.group(1)), options);
        assertTrue(after.at("/guardrails/0/possible").asBoolean(), advice + after);
        options[1] = "20000";
        String slow = line(json(yaml, options), "online.guardrails[0]: ");
        assertFalse(slow.contains("a winner may wait for"), slow + " although the duel takes more than half a year");
    }

    @Test
    void aCapThatTakesLongIsSaid() throws IOException {
        String yaml = TinyStudy.CLICKED.replace("silence: 0", "silence: 0, winsorise: 0.999");
        String[] options = {"--units-per-day", "300", "--baseline", "1.3", "--sd", "2", "--lift", "2"};
        String line = line(json(yaml, options), "online.metric.winsorise: ");
        assertTrue(
                line.endsWith("the cap takes 10,000 values of control, 111 d before the first candidate; lower it"
                        + " (0.99 takes 1,000), or raise online.control"),
                line);
        String lower =
                json(yaml.replace("0.999", "0.99"), options).get("advice").toString();
        assertFalse(lower.contains("winsorise"), lower);
    }

    @ParameterizedTest
    @CsvSource({"90d, the maximum is 90d", "10d, 'set it to 90d, the maximum, with which 2 candidates expire'"})
    void noTimeoutIsLongEnoughForALongCalibration(String timeout, String fix) throws IOException {
        String yaml = TinyStudy.CLICKED.replace("silence: 0", "silence: 0, winsorise: 0.999") + "evaluation: {timeout: "
                + timeout + "}\n";
        String[] options = {"--units-per-day", "300", "--baseline", "1.3", "--sd", "2", "--lift", "2"};
        JsonNode plan = json(yaml, options);
        String line = line(plan, "evaluation.timeout: ");
        assertTrue(line.endsWith(fix), line);
        JsonNode after = json(Adopted.of(yaml, plan).yaml(), options);
        assertEquals(2, after.get("expired").asLong(), after.toString());
    }
}
