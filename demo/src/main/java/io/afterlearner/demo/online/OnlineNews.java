package io.afterlearner.demo.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.demo.report.OnlineResult.Stopped;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.local.stack.TopicReader;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.TrialEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints what happens in an online study, one line per event: promotions, stopped candidates, drift. */
final class OnlineNews {
    private record Item(long atMillis, String text) {}

    private final Console console;
    private final TopicReader topics;
    private final String study;
    private int changes;
    private int events;

    OnlineNews(Console console, TopicReader topics, String study) {
        this.console = console;
        this.topics = topics;
        this.study = study;
    }

    /** Prints the events since the last call. */
    void print(long begunAtMillis) {
        List<ArmsChange> audit = topics.audit(study);
        List<TrialEvent> trials = topics.trials(study);
        lines(audit.subList(changes, audit.size()), trials.subList(events, trials.size()), begunAtMillis)
                .forEach(console::note);
        changes = audit.size();
        events = trials.size();
    }

    static List<String> lines(List<ArmsChange> audit, List<TrialEvent> trials, long begunAtMillis) {
        Stream<Item> changes = audit.stream()
                .filter(change -> change.getAction() != ArmsAction.BEGIN)
                .map(change -> new Item(
                        change.getAtMillis(),
                        change.getAction().name().toLowerCase(Locale.ROOT) + ": " + change.getReason()));
        Stream<Item> stops = trials.stream()
                .filter(event -> Stopped.guardrail(event).isPresent())
                .map(event -> new Item(
                        event.getAtMillis(), "stopped: candidate " + event.getNumber() + ", " + FailureText.of(event)));
        return Stream.concat(changes, stops)
                .sorted(Comparator.comparingLong(Item::atMillis))
                .map(item -> dated((item.atMillis() - begunAtMillis) / 1e3, item.text()))
                .toList();
    }

    private static String dated(double seconds, String text) {
        return String.format(Locale.ROOT, "%5.0f s  %s", Math.max(0, seconds), text);
    }

    static String line(double seconds, @Nullable StudyProgress progress, JsonNode standing, long champion) {
        JsonNode measured = standing.path("champion");
        JsonNode duel = standing.path("duel");
        StringBuilder line = new StringBuilder(standing.path("settled").asText("0"));
        line.append(progress == null ? "" : " of " + progress.budget()).append(" candidates settled");
        line.append(champion == 0 ? ", champion is ℵ₀" : ", champion is candidate " + champion);
        if (champion != 0 && measured.path("difference").isNumber()) {
            line.append(String.format(
                    Locale.ROOT,
                    ": %+.3f ± %.3f clicks per page against control",
                    measured.path("difference").asDouble(),
                    measured.path("differenceError").asDouble()));
        }
        if (duel.path("candidate").isNumber()) {
            line.append(", challenged by ").append(duel.path("candidate").asLong());
        }
        return dated(seconds, line.toString());
    }
}
