package io.afterlearner.local.cli.server;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.session.HomeOption;
import io.afterlearner.local.stack.Health;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StackState;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}. */
@Command(
        name = "status",
        description = "Shows the running services: addresses, logs, and whether they are ready.",
        footer = {"", "Examples:", "  ./afterlearner status", "  ./afterlearner status --json | jq .running"})
public final class StatusCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final HomeOption home = new HomeOption();

    StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Home chosen = home.home();
        Map<String, Object> status = status(chosen, StackState.running(chosen));
        if (json) {
            console.out().println(Json.line(status));
        } else {
            status.forEach((name, value) -> {
                if (value instanceof List<?> services) {
                    services.forEach(console.out()::println);
                } else {
                    console.out().printf("%-12s%s%n", name, value);
                }
            });
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> status(Home home, Optional<StackState> running) throws InterruptedException {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("home", home.folder().toString());
        status.put("downloads", Kept.in(home.downloads()));
        status.put("running", running.isPresent());
        if (running.isPresent()) {
            StackState state = running.get();
            status.put("process", state.pid());
            status.put("shared", state.shared());
            status.put("kafka", state.kafka());
            status.put("optimizer", state.http());
            if (state.feedback() != null) {
                status.put("feedback", state.feedback());
            }
            status.put("pool", state.pool());
            status.put("services", services(state));
        }
        return status;
    }

    /** Files fetched for studies. */
    private record Kept(String folder, long bytes) {
        static Kept in(Path folder) {
            if (!Files.isDirectory(folder)) {
                return new Kept(folder.toString(), 0);
            }
            try (Stream<Path> files = Files.list(folder)) {
                return new Kept(
                        folder.toString(),
                        files.filter(Files::isRegularFile)
                                .mapToLong(file -> file.toFile().length())
                                .sum());
            } catch (IOException | UncheckedIOException e) {
                throw new StackException(
                        folder + " cannot be read: " + InputException.reason(e) + "; check its permissions", e);
            }
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s (%.1f MB)", folder, bytes / 1e6);
        }
    }

    private record Service(String name, boolean ready, String http, String log) {
        @Override
        public String toString() {
            return String.format("%-12s%-11s%s  %s", name, ready ? "ready" : "not ready", http, log);
        }
    }

    private static List<Service> services(StackState state) throws InterruptedException {
        List<Service> services = new ArrayList<>();
        for (StackState.ServiceState service : state.services()) {
            services.add(new Service(
                    service.name(), Health.ready(service.port()), "http://127.0.0.1:" + service.port(), service.log()));
        }
        return services;
    }
}
