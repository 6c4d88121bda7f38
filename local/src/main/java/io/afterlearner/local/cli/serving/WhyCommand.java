package io.afterlearner.local.cli.serving;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Table;
import io.afterlearner.local.cli.session.Parameter;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import io.afterlearner.study.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code study why}. */
@Command(
        name = "why",
        description =
                "Says why a candidate of an online study was, or was not, promoted: what happened to it, when, and for"
                        + " which reason.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner study why ranking 17",
            "  ./afterlearner study why ranking 17 --json | jq .now"
        })
public final class WhyCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print one JSON object, with the ℵ values.")
    private boolean json;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    @Parameters(paramLabel = "CANDIDATE", index = "1", description = "Its number, as study audit shows it.")
    private long number;

    WhyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Studies.Known study;
        CandidateStory story;
        try (Session session = target.open()) {
            study = target.onlineIn(session);
            String id = study.id();
            List<TrialEvent> events = session.topics().trials(id);
            requireAsked(id, events);
            Arms arms = session.topics().arms(id).orElseThrow(() -> Serving.notBegun(session, study.id()));
            story = CandidateStory.of(number, events, session.topics().audit(id), arms);
        }
        if (json) {
            console.out().println(Json.line(fields(study, story)));
            return ExitCode.OK;
        }
        Table table = new Table("at", "candidate " + number, "reason").lastWhole();
        story.steps().forEach(step -> table.row(Serving.time(step.atMillis()), step.what(), step.reason()));
        console.out().print(table);
        console.out().println(story.now());
        return ExitCode.OK;
    }

    private void requireAsked(String id, List<TrialEvent> events) {
        long most = events.stream()
                .filter(event -> event.getType() == TrialEventType.ASKED || event.getType() == TrialEventType.SUGGESTED)
                .mapToLong(TrialEvent::getNumber)
                .max()
                .orElse(0);
        if (number < 0 || number > most) {
            throw new InputException(
                    "afterlearner: study " + id + " has no candidate " + number, "give a number from 0 to " + most);
        }
    }

    private record Step(String at, String what, String reason) {}

    private Map<String, @Nullable Object> fields(Studies.Known study, CandidateStory story) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("study", study.id());
        fields.put("candidate", number);
        fields.put("now", story.now());
        fields.put(
                "steps",
                story.steps().stream()
                        .map(step -> new Step(Serving.time(step.atMillis()), step.what(), step.reason()))
                        .toList());
        fields.put("values", story.values());
        fields.put("parameters", Parameter.of(study.spec().getAleph(), story.values()));
        return fields;
    }
}
