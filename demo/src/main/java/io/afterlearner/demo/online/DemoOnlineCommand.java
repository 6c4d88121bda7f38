package io.afterlearner.demo.online;

import io.afterlearner.demo.report.OnlineOutputs;
import io.afterlearner.demo.report.OnlineResult;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Farewell;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.cli.session.KafkaOption;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo online}: users whose taste the model was not trained for, and a model that learns it from them. */
@Command(
        name = "online",
        description =
                "Runs examples/online: a broker, optimizer and feedback service of its own, a production server with a"
                        + " small ranking model, and simulated users. Their taste is not what the model was trained for, and drifts"
                        + " half-way. Clicks come back over HTTP, latencies by the shop's own topic. Takes about "
                        + DemoOnlineCommand.MINUTES
                        + " minutes on two cores, and ends with a report.",
        footer = {
            "",
            "Writes to DIR: result.json, report.html. Ctrl-C ends its processes, removes its data, and writes nothing.",
            "",
            "Examples:",
            "  ./afterlearner demo online",
            "  ./afterlearner demo online --candidates 60 --no-drift --json"
        })
final class DemoOnlineCommand implements Callable<Integer> {
    static final int MINUTES = 7;
    private static final int LEAST_CANDIDATES = 10;
    private static final int MOST_CANDIDATES = 5_000;
    private static final int MOST_VISITS = 10_000;

    private final Console console;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the users' taste and of the search (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "80",
            description = "Candidates before the drift, and as many after it (default: ${DEFAULT-VALUE}).")
    private int candidates;

    @Option(
            names = "--visits",
            paramLabel = "N",
            defaultValue = "600",
            description = "Visits a second (default: ${DEFAULT-VALUE}).")
    private int visits;

    @Option(names = "--no-drift", description = "Let the users' taste stay what it is.")
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
        within("--candidates", candidates, LEAST_CANDIDATES, MOST_CANDIDATES);
        within("--visits", visits, 1, MOST_VISITS);
        String stopped =
                "stopped before its end: its processes are ended, its data in a temporary folder are removed, and "
                        + out + " is left as it was";
        Farewell farewell = new Farewell(() -> console.note(stopped));
        try {
            console.note("[1/" + (still ? 3 : 4)
                    + "] starting broker, optimizer, feedback service and a shop; it all takes about " + MINUTES
                    + " minutes");
            return finished();
        } finally {
            farewell.forget();
        }
    }

    private int finished() throws IOException, InterruptedException {
        OnlineResult result;
        try (Session session =
                Session.openTemporary("afterlearner-demo", StackSettings.online(Repository.root(), kafka.kafka()))) {
            result = new OnlineDemo(console, session, seed, candidates, visits, !still).run();
        }
        Path written = OnlineOutputs.write(result, out);
        console.out().print(json ? OnlineOutputs.json(result) : OnlineOutputs.summary(result, written));
        return ExitCode.DONE;
    }

    private static void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InputException(
                    "afterlearner: " + option + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
