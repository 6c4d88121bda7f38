package io.afterlearner.feedback.shell.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.shell.notify.Receiver.Format;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiversTest {

    @Test
    void aLineIsAReceiver() {
        List<Receiver> receivers = Receivers.parse(
                "file",
                List.of(
                        "# on call",
                        "",
                        "ops slack https://hooks.example.com/secret",
                        " events  cloudevents https://e.example.com/x?k=secret ranking other "));
        assertEquals(
                List.of(
                        new Receiver("ops", Format.SLACK, URI.create("https://hooks.example.com/secret"), Set.of()),
                        new Receiver(
                                "events",
                                Format.CLOUDEVENTS,
                                URI.create("https://e.example.com/x?k=secret"),
                                Set.of("ranking", "other"))),
                receivers);
        assertTrue(receivers.get(0).wants(Entries.notification(1)));
        assertTrue(receivers.get(1).wants(Entries.notification(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ops slack | give a name, a format and an https URL",
                "ops slack http://hooks.example.com/secret | must be an https URL",
                "ops slack https://me:secret@hooks.example.com/ | without a user",
                "ops slack https:///secret | must be an https URL",
                "ops slack https://[secret | must be an https URL",
                "ops slack https://hooks.example.com:99999/secret | must be an https URL",
                "ops slack secret://hooks.example.com/ | must be an https URL",
                "ops sms https://hooks.example.com/secret | the format must be cloudevents or slack",
                "o/ps slack https://hooks.example.com/secret | the name must be",
            })
    void aWrongLineIsRefusedWithoutItsAddress(String line, String problem) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Receivers.parse("file", List.of("#", line)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("file, line 2: ") && message.contains(problem), message);
        assertFalse(message.contains("secret"), message);
        assertEquals(null, refused.getCause());
    }

    @Test
    void namesAreUniqueAndTheirNumberIsLimited() {
        List<String> many = IntStream.rangeClosed(0, Receivers.MAX_RECEIVERS)
                .mapToObj(i -> "r" + i + " slack https://hooks.example.com/" + i)
                .toList();
        var tooMany = assertThrows(IllegalArgumentException.class, () -> Receivers.parse("file", many));
        assertEquals("file, line 21: more than 20 receivers; remove some", tooMany.getMessage());
        var twice = assertThrows(
                IllegalArgumentException.class, () -> Receivers.parse("file", List.of(many.get(0), many.get(0))));
        assertTrue(String.valueOf(twice.getMessage()).contains("a second receiver has this name"));
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> Receivers.read("the setting", Path.of("does-not-exist")));
        assertEquals(
                "the setting: does-not-exist cannot be read; check the file and its permissions", refused.getMessage());
    }

    @Test
    void aReceiverOfSomeStudiesIsToldAboutThemByNameOrId() {
        List<Receiver> receivers = Receivers.parse(
                "file",
                List.of(
                        "a slack https://h.example.com/ ranking",
                        "b slack https://h.example.com/ other ranking-1a2b3c4d",
                        "c slack https://h.example.com/ other"));
        assertEquals(
                "[a, b]",
                receivers.stream()
                        .filter(receiver -> receiver.wants(Entries.notification(1)))
                        .toList()
                        .toString());
    }

    @Test
    void aReceiverIsShownWithoutItsAddress() {
        assertEquals(
                "[ops]",
                Receivers.parse("file", List.of("ops slack https://h.example.com/secret"))
                        .toString());
    }
}
