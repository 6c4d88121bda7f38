package io.afterlearner.local.cli;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Farewell;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code afterlearner} command. Exit codes: 0 done, 2 the user's input is wrong, 3 another outcome than required, 1 any other failure. */
public final class Main {
    /** A strong reference, because the LogManager's weak one would lose the level. */
    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    private Main() {}

    public static void main(String[] arguments) {
        silenceLibraries();
        System.exit(run(Console.ofProcess(), arguments));
    }

    private static void silenceLibraries() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        LogManager.getLogManager().reset();
        ROOT_LOGGER.setLevel(Level.OFF);
    }

    /** Runs one command line and returns its exit code. */
    public static int run(Console console, String... arguments) {
        int exit = execute(console, arguments);
        console.err().flush();
        IOException unwritten = console.outFailure();
        if (unwritten == null || exit != ExitCode.OK) {
            return exit;
        }
        if (!String.valueOf(unwritten.getMessage()).contains("Broken pipe")) {
            console.err().println("afterlearner: the output could not be written: " + Refusal.reason(unwritten));
        }
        return ExitCode.SOFTWARE;
    }

    /** picocli passes on errors of the JVM, such as a stack overflow, as they are. */
    private static int execute(Console console, String... arguments) {
        Farewell running = Farewell.silent();
        try {
            return commandLine(console, running).execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return failed(console, running, e);
        } finally {
            running.forget();
        }
    }

    private static CommandLine commandLine(Console console, Farewell running) {
        Factory factory = new Factory(console);
        CommandLine line = new CommandLine(new Afterlearner(), factory);
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            line.addSubcommand(new CommandLine(provider.command(), factory));
        }
        line.addSubcommand("help", new CommandLine.HelpCommand());
        line.setOut(console.helpOut());
        line.setErr(console.err());
        line.setColorScheme(
                new ColorScheme.Builder(CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF))
                        .build());
        line.setUsageHelpWidth(100);
        line.setAbbreviatedOptionsAllowed(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, args) -> usage(e));
        line.setExecutionExceptionHandler((e, command, result) -> failed(console, running, e));
        return line;
    }

    /** Creates picocli's commands. A command whose constructor takes a {@link Console} gets this one. */
    private record Factory(Console console) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                Constructor<K> constructor = type.getDeclaredConstructor(Console.class);
                constructor.setAccessible(true);
                return constructor.newInstance(console);
            } catch (NoSuchMethodException e) {
                return CommandLine.defaultFactory().create(type);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(type + " cannot be created", e);
            }
        }
    }

    private static int usage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String guess = e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"
                : "";
        String what = String.valueOf(e.getMessage())
                .replaceAll("\\s*[\\r\\n]+\\s*", " ")
                .replace("is not a double", "is not a number")
                .replaceFirst("is not an? (int|long)\\b", "is not a whole number");
        command.getErr()
                .println("afterlearner: " + what + guess + "; see ./"
                        + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Console console, Farewell running, Throwable e) {
        if (!running.forget()) {
            // A signal ends the process: errors that this causes in a command that still runs are not reported.
            return ExitCode.SOFTWARE;
        }
        return Failure.of(e).print(console.err(), e, System.getenv("AFTERLEARNER_TRACE") != null);
    }
}
