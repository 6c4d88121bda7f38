package io.afterlearner.local.cli.server;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.HomeOption;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.StackState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code down}: stops what {@code up} started. */
@Command(
        name = "down",
        description = "Stops the stack that up started; its data stays.",
        footer = {"", "Example:", "  ./afterlearner down"})
public final class DownCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final HomeOption home = new HomeOption();

    DownCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Home chosen = home.home();
        Optional<StackState> running = StackState.running(chosen);
        if (running.isEmpty()) {
            console.note("no stack runs on " + chosen.folder());
            return ExitCode.OK;
        }
        StackState state = running.get();
        if (!state.shared()) {
            console.note("process " + state.pid() + " runs a command on " + chosen.folder()
                    + " and stops when the command ends; to stop it now, press Ctrl-C in its terminal");
            return ExitCode.SOFTWARE;
        }
        state.stop(chosen);
        console.note("stopped");
        return ExitCode.OK;
    }
}
