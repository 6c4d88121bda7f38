package io.afterlearner.demo.online;

import io.afterlearner.demo.report.OnlineJson;
import io.afterlearner.demo.report.OnlinePage;
import io.afterlearner.demo.report.OnlineResult;
import io.afterlearner.demo.report.OnlineWords;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Farewell;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.cli.session.KafkaOption;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.report.file.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo online}: an online study with simulated users. */
@Command(
        name = "online",
        description = {
            "Runs the online study of examples/online with simulated users.",
            "A production server ranks a shop's items with a small model, and the users click. The model was not"
                    + " trained for their taste, which drifts half-way; the study adapts the model to the clicks. Clicks"
                    + " are reported over HTTP, latencies are read from the shop's own topic. Starts a broker, an"
                    + " optimizer and a feedback service for itself. Takes less than "
                    + DemoOnlineCommand.MINUTES
                    + " minutes on two cores and ends with a report."
        },
        footer = {
            "",
            "Writes to DIR: result.json, report.html. Ctrl-C stops all processes, removes their data and writes no"
                    + " result.",
            "",
            "Examples:",
            "  ./afterlearner demo online",
            "  ./afterlearner demo online --candidates 30 --no-drift --json"
        })
final class DemoOnlineCommand implements Callable<Integer> {
    static final int MINUTES = 7;
    private final Console console;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the users' taste and of the search (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "48",
            description = "Candidates before the drift, and again after it (default: ${DEFAULT-VALUE}).")
    private int candidates;

    @Option(
            names = "--visits",
            paramLabel = "N",
            defaultValue = "600",
            description = "Visits per second (default: ${DEFAULT-VALUE}).")
    private int visits;

    @Option(names = "--no-drift", description = "Keep the users' taste constant.")
    private boolean still;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "afterlearner-out/online",
            description = "Folder for the results (default: ./${DEFAULT-VALUE}).")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print result.json instead of the summary.")
    private boolean json;

    @Mixin
    private final KafkaOption kafka = new KafkaOption();

    DemoOnlineCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Options.requireWithin("--candidates", candidates, 10, 5_000);
        Options.requireWithin("--visits", visits, 1, 10_000);
        Options.requireWritable("--out", out);
        String stopped = "stopped before its end; its processes are stopped, its temporary data is removed, and " + out
                + " is unchanged";
        Farewell farewell = new Farewell(() -> console.note(stopped));
        try {
            console.note("[1/" + (still ? 3 : 4)
                    + "] starting broker, optimizer, feedback service and production server; the demo takes less than "
                    + MINUTES
                    + " minutes");
            return finished();
        } finally {
            farewell.forget();
        }
    }

    private int finished() throws IOException, InterruptedException {
        OnlineDemo demo;
        OnlineCourse course;
        try (Session session =
                Session.openTemporary("afterlearner-demo", StackSettings.online(Repository.root(), kafka.kafka()))) {
            demo = new OnlineDemo(console, session, seed, candidates, visits, !still);
            course = demo.run();
        }
        OnlineResult result = demo.result(course);
        Outputs outputs = new Outputs(out);
        outputs.text("result.json", OnlineJson.of(result));
        Path report = outputs.text("report.html", OnlinePage.of(result));
        console.out().print(json ? OnlineJson.of(result) : OnlineWords.summary(result, report));
        return ExitCode.OK;
    }
}
