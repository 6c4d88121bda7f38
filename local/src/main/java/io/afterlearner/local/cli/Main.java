package io.afterlearner.local.cli;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.study.InputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code afterlearner} command. Exit codes: 0 done, 2 the user's input is wrong, 1 anything else. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Logs.quiet();
        Console console = Console.ofProcess();
        int exit = run(console, arguments);
        console.out().flush();
        console.err().flush();
        System.exit(exit);
    }

    /** Runs one command line and returns its exit code. */
    public static int run(Console console, String... arguments) {
        CommandLine line = commandLine(console);
        int exit = line.execute(arguments);
        console.out().flush();
        console.err().flush();
        return exit;
    }

    static CommandLine commandLine(Console console) {
        CommandFactory factory = new CommandFactory(console);
        CommandLine line = new CommandLine(new Afterlearner(), factory);
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            line.addSubcommand(new CommandLine(provider.command(), factory));
        }
        line.addSubcommand("help", new CommandLine.HelpCommand());
        line.setOut(console.out());
        line.setErr(console.err());
        line.setColorScheme(
                new ColorScheme.Builder(CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF))
                        .build());
        line.setUsageHelpWidth(100);
        line.setAbbreviatedOptionsAllowed(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, args) -> usage(e));
        line.setExecutionExceptionHandler((e, command, result) -> failed(console, e));
        return line;
    }

    private static int usage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String guess = e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"
                : "";
        String what = String.valueOf(e.getMessage()).replaceAll("\\s*[\\r\\n]+\\s*", " ");
        err.println("afterlearner: " + what + guess + " See ./"
                + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.WRONG_INPUT;
    }

    private static int failed(Console console, Exception e) {
        if (e instanceof InputException) {
            console.err().println(e.getMessage());
            return ExitCode.WRONG_INPUT;
        }
        if (e instanceof StackException) {
            console.err().println("afterlearner: " + e.getMessage());
            return ExitCode.FAILED;
        }
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        console.err().print("afterlearner: unexpected: " + trace);
        return ExitCode.FAILED;
    }
}
