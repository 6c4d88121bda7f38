package io.afterlearner.local.cli;

import io.afterlearner.local.cli.console.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** Runs command lines in this JVM and keeps their output. */
public record Cli(Path home) {

    /** What a command line said, and how it ended. */
    public record Output(int exit, String out, String err) {
        List<String> errLines() {
            return err.lines().toList();
        }
    }

    public Output run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new Console(new PrintWriter(out), new PrintWriter(err), false, false, 80), arguments);
        return new Output(exit, out.toString(), err.toString());
    }

    /** {@code study create FILE} with this home. */
    Output create(Path file) {
        return run("study", "create", file.toString(), "--home", home.toString());
    }

    /** {@code retrofit FILE} with this home. */
    Output retrofit(Path file) {
        return run("retrofit", file.toString(), "--home", home.toString());
    }
}
