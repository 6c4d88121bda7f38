package io.afterlearner.local.cli.server;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.session.HomeOption;
import io.afterlearner.local.stack.Health;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.StackState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: what runs, where it listens, whether it is well. */
@Command(
        name = "status",
        description = "Shows what runs, its addresses and logs, and whether it is ready.",
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
            print(status);
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> status(Home home, Optional<StackState> running) throws InterruptedException {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("home", home.folder().toString());
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

    private static List<Map<String, Object>> services(StackState state) throws InterruptedException {
        List<Map<String, Object>> services = new ArrayList<>();
        for (StackState.ServiceState service : state.services()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", service.name());
            fields.put("ready", Health.ready(service.port()));
            fields.put("http", "http://127.0.0.1:" + service.port());
            fields.put("log", service.log());
            services.add(fields);
        }
        return services;
    }

    private void print(Map<String, Object> status) {
        status.forEach((name, value) -> {
            if (value instanceof List<?> services) {
                services.forEach(service -> console.out().println(line((Map<?, ?>) service)));
            } else {
                console.out().printf("%-12s%s%n", name, value);
            }
        });
    }

    private static String line(Map<?, ?> service) {
        String ready = Boolean.TRUE.equals(service.get("ready")) ? "ready" : "not ready";
        return String.format("%-12s%-11s%s  %s", service.get("name"), ready, service.get("http"), service.get("log"));
    }
}
