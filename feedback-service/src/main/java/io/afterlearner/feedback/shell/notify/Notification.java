package io.afterlearner.feedback.shell.notify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.feedback.shell.notify.Receiver.Format;
import io.afterlearner.kafka.SafeText;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.HoldText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /**
     * What changes the champion, ends or holds exploration, or waits for a person, in the words of a message. The audit log has the rest:
     * BEGIN, RAMP, DRIFT, LOST, SKIPPED and CALIBRATED.
     */
    private static final Map<ArmsAction, String> SENT = new EnumMap<>(Map.ofEntries(
            Map.entry(ArmsAction.PROMOTE, "promoted"),
            Map.entry(ArmsAction.PROPOSE, "promotion proposed"),
            Map.entry(ArmsAction.APPROVE, "promotion approved"),
            Map.entry(ArmsAction.REJECT, "rejected"),
            Map.entry(ArmsAction.ROLLBACK, "rolled back"),
            Map.entry(ArmsAction.REVERT, "reverted"),
            Map.entry(ArmsAction.ALARM, "alarm"),
            Map.entry(ArmsAction.PAUSE, "paused"),
            Map.entry(ArmsAction.RESUME, "resumed"),
            Map.entry(ArmsAction.EXHAUSTED, "error budget spent"),
            Map.entry(ArmsAction.GRANT, "granted a new error budget"),
            Map.entry(ArmsAction.STOP, "stopped")));

    private static final JsonMapper JSON = new JsonMapper();

    /** Empty if no notification is sent about such an entry. */
    static Optional<Notification> of(String id, ArmsChange entry) {
        return SENT.containsKey(entry.getAction()) ? Optional.of(new Notification(id, entry)) : Optional.empty();
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
        String what = Objects.requireNonNull(SENT.get(entry.getAction()));
        String which = entry.getAction() == ArmsAction.REJECT ? "candidate " + entry.getToNumber() + " " : "";
        // Of a person's command the reason says no more than what was done.
        String reason =
                entry.getReason().equals(what) ? "" : ": " + SafeText.line(entry.getReason(), MAX_REASON_CHARACTERS);
        String text = name() + ": " + which + what + " by " + SafeText.line(entry.getBy(), MAX_BY_CHARACTERS) + reason
                + wanted();
        return JSON.createObjectNode().put("text", escaped(text));
    }

    /** What a person has to do; empty if nothing. */
    private String wanted() {
        return switch (entry.getAction()) {
            case PROPOSE ->
                "\nApprove or reject it: ./afterlearner study approve " + name() + ", or study reject " + name();
            case ALARM ->
                HoldText.endsByItself(entry.getReason())
                        ? ""
                        : "\nOnce that is corrected: ./afterlearner study resume " + name();
            case EXHAUSTED -> "\nTo go on: ./afterlearner study grant " + name() + "; to end it: study stop " + name();
            default -> "";
        };
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
