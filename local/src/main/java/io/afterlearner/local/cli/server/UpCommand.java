package io.afterlearner.local.cli.server;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.cli.session.StackOptions;
import io.afterlearner.local.cli.session.Workers;
import io.afterlearner.local.stack.Detached;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.Stack;
import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.local.stack.StackState;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.study.InputException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}. */
@Command(
        name = "up",
        description =
                "Starts a broker, the optimizer, evaluators and the feedback service, and returns when all are ready."
                        + " They keep running until ./afterlearner down; their data survives restarts. With your own Kafka"
                        + " (--kafka-config), no broker is started.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner up",
            "  ./afterlearner up --evaluators 2 --slots 4 --kafka-port 0 --http-port 0 --feedback-port 0",
            "  ./afterlearner up --foreground          run until Ctrl-C",
            "",
            "The feedback service signs tokens with $AFTERLEARNER_TOKEN_SECRET and replaces units with",
            "$AFTERLEARNER_UNIT_KEY. What is not set is created once and kept in the home folder."
        })
public final class UpCommand implements Callable<Integer> {
    private static final long CHECK_EVERY_MILLIS = 500;
    private static final int MAX_PORT = 65_535;

    private final Console console;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the broker; 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the optimizer's REST API; 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--feedback-port",
            paramLabel = "PORT",
            defaultValue = "8082",
            description = "Port of the feedback service's REST API; 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int feedbackPort;

    @Option(
            names = "--pool",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Evaluator pool (default: ${DEFAULT-VALUE}).")
    private String pool = "default";

    @Option(names = "--foreground", description = "Run until Ctrl-C instead of returning when all services are ready.")
    private boolean foreground;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Workers workers = new Workers();

    UpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Home chosen = stack.home();
        KafkaSettings kafka = stack.kafka();
        requirePorts(!kafka.hasBootstrapServers());
        ReceiverFiles.require(System.getenv());
        StackSettings settings = new StackSettings(
                Repository.root(),
                true,
                kafkaPort,
                httpPort,
                feedbackPort,
                workers.evaluators(),
                workers.slots(),
                pool(),
                kafka);
        Optional<StackState> running = StackState.running(chosen).filter(StackState::shared);
        if (running.isPresent()) {
            console.note("a stack runs already; " + chosen.hint("down") + " stops it");
            print(running.get());
        } else if (foreground) {
            stay(chosen, settings);
        } else {
            print(Detached.start(chosen, settings.kafka(), arguments(chosen, settings)));
        }
        return ExitCode.OK;
    }

    /** Rejects equal ports at once. The services would detect them one by one, each after waiting for its port. */
    private void requirePorts(boolean broker) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        if (broker) {
            ports.put("--kafka-port", kafkaPort);
        }
        ports.put("--http-port", httpPort);
        ports.put("--feedback-port", feedbackPort);
        Map<Integer, String> taken = new HashMap<>();
        ports.forEach((option, port) -> {
            Options.requireWithin(option, port, 0, MAX_PORT);
            String other = port == 0 ? null : taken.put(port, option);
            if (other != null) {
                throw new InputException(
                        "afterlearner: " + option + " and " + other + " are both " + port,
                        "give each its own port, or 0 for a free one");
            }
        });
    }

    private String pool() {
        if (pool.equals(OnlineRules.POOL)) {
            throw new InputException("afterlearner: --pool cannot be " + OnlineRules.POOL
                    + ", which is reserved for online studies; choose another name");
        }
        return pool;
    }

    private void stay(Home chosen, StackSettings settings) throws InterruptedException {
        try (Stack started = Stack.start(chosen, settings)) {
            print(started.state());
            console.out().flush();
            while (true) {
                started.requireServices();
                Thread.sleep(CHECK_EVERY_MILLIS);
            }
        }
    }

    private static List<String> arguments(Home chosen, StackSettings settings) {
        return List.of(
                "up",
                "--foreground",
                "--home=" + chosen.folder(),
                "--kafka-port=" + settings.kafkaPort(),
                "--http-port=" + settings.httpPort(),
                "--feedback-port=" + settings.feedbackPort(),
                "--evaluators=" + settings.evaluators(),
                "--slots=" + settings.slots(),
                "--pool=" + settings.pool());
    }

    private void print(StackState state) {
        console.out()
                .printf(
                        "kafka      %s%noptimizer  %s%nfeedback   %s%nprocess    %d%n",
                        state.kafka(), state.http(), state.feedback(), state.pid());
    }
}
