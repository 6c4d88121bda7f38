package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.session.HomeOption;
import io.afterlearner.local.cli.session.KafkaOption;
import io.afterlearner.local.cli.session.Pools;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.StudyId;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code study create}: begins a study and leaves it to the stack that runs. */
@Command(
        name = "create",
        description =
                "Begins a study on the stack that runs and prints its id. An online study is served from then on; one of"
                        + " data is evaluated. The same file again finds the same study.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner study create online.yaml",
            "  STUDY=$(./afterlearner study create online.yaml --fresh)"
        })
final class CreateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "STUDY.yaml", description = "What to retrofit, and by what it is judged.")
    private @Nullable Path file;

    @Option(names = "--fresh", description = "Begin anew, though this study was begun before.")
    private boolean fresh;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Mixin
    private final KafkaOption kafka = new KafkaOption();

    CreateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path given = Objects.requireNonNull(file);
        StudySpec plain =
                new Resolver(StudyFile.read(given.toString(), given, home.home().downloads())).spec();
        try (Session session = Session.join(home.home(), kafka.kafka())) {
            boolean online = plain.getOnline() != null;
            Pools.check(session.state(), plain);
            Set<String> known = session.topics().studies().keySet();
            String id = fresh ? StudyId.fresh(plain.getStudy(), known) : StudyId.latest(plain.getStudy(), known);
            boolean isNew = session.optimizer()
                    .create(StudySpec.newBuilder(plain).setStudy(id).build());
            print(id, isNew, online);
            next(id, isNew, online ? session.state().feedback() : null);
        }
        return ExitCode.DONE;
    }

    private void print(String id, boolean isNew, boolean online) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("study", id);
        fields.put("new", isNew);
        fields.put("online", online);
        console.out().println(json ? Json.line(fields) : id);
        console.out().flush();
    }

    /** @param feedback where units are assigned; null where the study is one of data */
    private void next(String id, boolean isNew, @Nullable String feedback) {
        if (!isNew) {
            console.note("is there already, see ./afterlearner study show " + id + "; --fresh begins anew");
        }
        List<String> lines = feedback != null
                ? List.of(
                        "curl -H 'Content-Type: application/json' -d '{\"unit\":\"ann\"}' " + feedback + "/v1/studies/"
                                + id + "/assignments",
                        "./afterlearner study champion " + id + "    what is served, and why",
                        "./afterlearner study revert " + id + "      everybody back on ℵ₀, at once")
                : List.of("./afterlearner study watch " + id + "    until it is over");
        lines.forEach(line -> console.aside("  " + line));
    }
}
