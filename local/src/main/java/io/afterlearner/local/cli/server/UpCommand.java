package io.afterlearner.local.cli.server;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.cli.session.HomeOption;
import io.afterlearner.local.cli.session.KafkaOption;
import io.afterlearner.local.cli.session.Workers;
import io.afterlearner.local.stack.Detached;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.Stack;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.local.stack.StackState;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.study.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}: the local stack as a server. */
@Command(
        name = "up",
        description =
                "Starts broker, optimizer, evaluators and the feedback service and leaves them running. Their data"
                        + " survives restarts.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner up",
            "  ./afterlearner up --evaluators 2 --slots 4 --kafka-port 0 --http-port 0 --feedback-port 0",
            "  ./afterlearner up --foreground          until Ctrl-C",
            "",
            "Tokens of online studies are signed with $AFTERLEARNER_TOKEN_SECRET, or else with a secret of the home's own."
        })
public final class UpCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MILLIS = 500;

    private final Console console;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Where the broker listens, 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the optimizer's REST API listens, 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--feedback-port",
            paramLabel = "PORT",
            defaultValue = "8082",
            description =
                    "Where the feedback service's REST API listens, 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int feedbackPort;

    @Option(
            names = "--pool",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Pool the evaluators work for (default: ${DEFAULT-VALUE}).")
    private String pool = "default";

    @Option(names = "--foreground", description = "Stay until Ctrl-C instead of returning once all is ready.")
    private boolean foreground;

    @Mixin
    private final HomeOption home = new HomeOption();

    @Mixin
    private final KafkaOption kafka = new KafkaOption();

    @Mixin
    private final Workers workers = new Workers();

    UpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Home chosen = home.home();
        StackSettings settings = new StackSettings(
                Repository.root(),
                true,
                kafkaPort,
                httpPort,
                feedbackPort,
                workers.evaluators(),
                workers.slots(),
                pool(),
                kafka.kafka());
        Optional<StackState> running = StackState.running(chosen).filter(StackState::shared);
        if (running.isPresent()) {
            console.note("runs already; ./afterlearner down stops it");
            print(running.get());
        } else if (foreground) {
            stay(chosen, settings);
        } else {
            print(Detached.start(chosen, settings.kafka(), arguments(chosen, settings)));
        }
        return ExitCode.DONE;
    }

    private String pool() {
        if (pool.equals(OnlineRules.POOL)) {
            throw new InputException("afterlearner: --pool cannot be " + OnlineRules.POOL
                    + ", whose candidates users evaluate; choose another name");
        }
        return pool;
    }

    private void stay(Home chosen, StackSettings settings) throws InterruptedException {
        try (Stack stack = Stack.start(chosen, settings)) {
            print(stack.state());
            console.out().flush();
            while (true) {
                stack.failure().ifPresent(reason -> {
                    throw new StackException(reason);
                });
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        }
    }

    private static List<String> arguments(Home chosen, StackSettings settings) {
        List<String> arguments = new ArrayList<>(List.of("up", "--foreground"));
        arguments.addAll(List.of("--home", chosen.folder().toString()));
        arguments.addAll(List.of("--kafka-port", Integer.toString(settings.kafkaPort())));
        arguments.addAll(List.of("--http-port", Integer.toString(settings.httpPort())));
        arguments.addAll(List.of("--feedback-port", String.valueOf(settings.feedbackPort())));
        arguments.addAll(List.of("--evaluators", Integer.toString(settings.evaluators())));
        arguments.addAll(List.of("--slots", Integer.toString(settings.slots())));
        arguments.addAll(List.of("--pool", settings.pool()));
        return arguments;
    }

    private void print(StackState state) {
        console.out().println("kafka      " + state.kafka());
        console.out().println("optimizer  " + state.http());
        console.out().println("feedback   " + state.feedback());
        console.out().println("process    " + state.pid());
    }
}
