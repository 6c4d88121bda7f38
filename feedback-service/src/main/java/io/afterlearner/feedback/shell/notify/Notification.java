package io.afterlearner.feedback.shell.notify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.feedback.shell.notify.Receiver.Format;
import io.afterlearner.kafka.SafeText;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A message to people about an entry of the audit log.
 *
 * @param id the entry's place on the topic, and the topic: the same if it is sent again
 */
record Notification(String id, ArmsChange entry) {
    private static final int MAX_REASON_CHARACTERS = 2_000;
    private static final int MAX_BY_CHARACTERS = 200;
    private static final String ZERO_WIDTH_SPACE = "\u200b";
    /** What the id of a study adds to its name. */
    private static final Pattern DIGEST = Pattern.compile("-[0-9a-f]{8}(-[0-9]+)?$");

    /** What a person wants to know at once, or has to act on. The audit log has the rest. */
    private static final Set<ArmsAction> SENT = EnumSet.of(
            ArmsAction.PROMOTE,
            ArmsAction.ROLLBACK,
            ArmsAction.REVERT,
            ArmsAction.ALARM,
            ArmsAction.PROPOSE,
            ArmsAction.EXHAUSTED,
            ArmsAction.STOP);

    private static final JsonMapper JSON = new JsonMapper();

    /** Empty if no notification is sent about such an entry. */
    static Optional<Notification> of(String id, ArmsChange entry) {
        return SENT.contains(entry.getAction()) ? Optional.of(new Notification(id, entry)) : Optional.empty();
    }

    String study() {
        return entry.getStudy();
    }

    /** The study's name, also after it was deleted. */
    String name() {
        return DIGEST.matcher(study()).replaceFirst("");
    }

    byte[] body(Format format) {
        ObjectNode body = format == Format.SLACK ? slack() : cloudEvent();
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** CloudEvents 1.0, <a href="https://github.com/cloudevents/spec">JSON format</a>. */
    private ObjectNode cloudEvent() {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", "/afterlearner/audit")
                .put("type", "io.afterlearner.study." + action())
                .put("subject", study())
                .put("time", Instant.ofEpochMilli(entry.getAtMillis()).toString())
                .put("datacontenttype", "application/json");
        event.putObject("data")
                .put("study", study())
                .put("name", name())
                .put("incarnation", entry.getIncarnation())
                .put("revision", entry.getRevision())
                .put("action", action())
                .put("by", entry.getBy())
                .put("reason", entry.getReason())
                .put("from", entry.getFromNumber())
                .put("to", entry.getToNumber());
        return event;
    }

    private ObjectNode slack() {
        String wanted = entry.getAction() == ArmsAction.PROPOSE
                ? "\nApprove or reject it: ./afterlearner study approve " + name() + ", or study reject " + name()
                : "";
        String text = name() + ": " + action() + " by " + SafeText.line(entry.getBy(), MAX_BY_CHARACTERS) + ": "
                + SafeText.line(entry.getReason(), MAX_REASON_CHARACTERS) + wanted;
        return JSON.createObjectNode().put("text", escaped(text));
    }

    private String action() {
        return entry.getAction().name().toLowerCase(Locale.ROOT);
    }

    /** Otherwise a reason with {@code <!channel>} or {@code @all} would call everybody. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "@" + ZERO_WIDTH_SPACE);
    }
}
