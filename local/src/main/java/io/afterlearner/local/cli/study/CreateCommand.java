package io.afterlearner.local.cli.study;

import io.afterlearner.local.access.Credentials;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.online.Advice;
import io.afterlearner.local.cli.online.TrafficOptions;
import io.afterlearner.local.cli.session.OptimizerOption;
import io.afterlearner.local.cli.session.StackOptions;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputException;
import io.afterlearner.study.StudyId;
import io.afterlearner.study.files.Artifacts;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code study create}. */
@Command(
        name = "create",
        description =
                "Creates a study on the running stack and prints its id. An online study serves users from then on:"
                        + " the command returns when units can be assigned. A study on data is evaluated. Running it again"
                        + " with the same file finds the same study. What an online study cannot show is printed as warnings,"
                        + " with your traffic if the options give it; see online plan.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner study create online.yaml",
            "  ./afterlearner study create online.yaml --units-per-day 50000 --baseline 0.04",
            "  STUDY=$(./afterlearner study create online.yaml --fresh)"
        })
final class CreateCommand implements Callable<Integer> {
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(10);

    private final Console console;

    @Parameters(paramLabel = "STUDY.yaml", description = "Study to create.")
    private @Nullable Path file;

    @Option(names = "--fresh", description = "Create a new study, even if this file was used before.")
    private boolean fresh;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final TrafficOptions traffic = new TrafficOptions();

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final OptimizerOption optimizer = new OptimizerOption();

    CreateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path given = Objects.requireNonNull(file);
        StudySpec plain = new Resolver(StudyFile.read(
                        given.toString(),
                        given,
                        Artifacts.downloads(stack.home().downloads(), console::aside)))
                .spec();
        warn(given, plain);
        try (Session session = optimizer.join(stack)) {
            boolean online = plain.getOnline() != null;
            session.requireServing(plain);
            Set<String> known = session.topics().studies().keySet();
            String id = fresh ? StudyId.fresh(plain.getStudy(), known) : StudyId.latest(plain.getStudy(), known);
            boolean isNew = session.optimizer()
                    .create(StudySpec.newBuilder(plain).setStudy(id).build());
            String feedback = online ? session.state().feedback() : null;
            boolean hasBegun = feedback == null || Beginning.await(URI.create(feedback), id, BEGINS_WITHIN);
            print(id, isNew, online);
            if (!hasBegun) {
                console.note("the study has not begun yet: until it has, the feedback service refuses to assign units; "
                        + session.hint("study", "champion", id) + " shows when it has");
            }
            printNextSteps(session, id, isNew, feedback);
        }
        return ExitCode.OK;
    }

    private void warn(Path given, StudySpec spec) {
        if (spec.getOnline() != null) {
            Advice.of(spec, traffic).forEach(line -> console.note("warning: " + line));
        } else if (traffic.areGiven()) {
            throw new InputException(
                    given + ": is not an online study", "omit the options of traffic, such as --units-per-day");
        }
    }

    private void print(String id, boolean isNew, boolean online) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("study", id);
        fields.put("new", isNew);
        fields.put("online", online);
        console.out().println(json ? Json.line(fields) : id);
        console.out().flush();
    }

    /** @param feedback address of the feedback service; null for a study on data */
    private void printNextSteps(Session session, String id, boolean isNew, @Nullable String feedback) {
        if (!isNew) {
            console.note("the study exists already: " + session.hint("study", "show", id)
                    + " shows it; --fresh creates it anew");
        }
        List<String> lines = feedback != null
                ? List.of(
                        "curl " + key() + "-H 'Content-Type: application/json' -d '{\"unit\":\"ann\"}' " + feedback
                                + "/v1/studies/" + id + "/assignments",
                        session.hint("study", "champion", id) + "    which values are served, and why",
                        session.hint("study", "revert", id) + "      serve ℵ₀ to all users immediately")
                : List.of(session.hint("study", "watch", id) + "    show its progress until it is over");
        lines.forEach(line -> console.aside("  " + line));
    }

    /** Where services require keys, assignments need one of the role application, which this process's may not have. */
    private static String key() {
        return Credentials.ofProcess().authorization().isPresent()
                ? "-H \"Authorization: Bearer $APPLICATION_KEY\" "
                : "";
    }
}
