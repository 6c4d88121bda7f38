package io.afterlearner.local.cli;

import io.afterlearner.aleph.Printable;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import picocli.CommandLine.ExitCode;

/**
 * What a command that failed prints, and how it exits.
 *
 * @param line one line
 * @param exit the exit code
 */
record Failure(String line, int exit) {
    private static final int MAX_CHARACTERS = 4_000;
    private static final String OURS = "io.afterlearner.";

    static Failure of(Throwable e) {
        if (e instanceof InputException) {
            return new Failure(oneLine(String.valueOf(e.getMessage())), ExitCode.USAGE);
        }
        if (isNative(e)) {
            return new Failure(oneLine("afterlearner: " + unloadable(e)), ExitCode.SOFTWARE);
        }
        return e instanceof OutOfMemoryError || e instanceof StackOverflowError || !isExpected(e)
                ? new Failure(oneLine("afterlearner: " + unexpected(e)), ExitCode.SOFTWARE)
                : new Failure(oneLine("afterlearner: " + expected(e)), ExitCode.SOFTWARE);
    }

    /** Whether ONNX Runtime's library could not be loaded; other classes have no native part that a file system can refuse. */
    private static boolean isNative(Throwable e) {
        return e instanceof LinkageError
                && Arrays.stream(e.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith(OURS + "aleph.run."));
    }

    private static String unloadable(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "the native library of ONNX Runtime cannot be loaded: " + cause.getMessage() + "; it is unpacked to "
                + System.getProperty("java.io.tmpdir")
                + ", which must be writable, allow executable files and have 100 MB; choose another folder with"
                + " AFTERLEARNER_OPTS=-Djava.io.tmpdir=DIR";
    }

    private static boolean isExpected(Throwable e) {
        return e instanceof StackException
                || KafkaReason.isKafkas(e)
                || e instanceof IOException
                || e.getCause() instanceof IOException;
    }

    private static String expected(Throwable e) {
        if (e instanceof StackException stack) {
            return String.valueOf(stack.getMessage());
        }
        return KafkaReason.isKafkas(e) ? "Kafka failed: " + KafkaReason.of(e) : ofFile((Exception) e);
    }

    /** One line for a file or a connection that failed. The message of a {@link FileSystemException} may be only its path. */
    static String ofFile(Exception e) {
        String what = e instanceof FileSystemException file
                ? file.getFile() + ": " + Refusal.reason(file)
                : InputException.reason(e);
        return what.replaceAll("[\\s;]+$", "");
    }

    private static String unexpected(Throwable e) {
        if (e instanceof OutOfMemoryError) {
            return "out of memory (" + e.getMessage() + "); give it more with AFTERLEARNER_OPTS=-Xmx4g";
        }
        String where = Arrays.stream(e.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
        return "unexpected: " + e + where + "; set AFTERLEARNER_TRACE=1 for the stack trace, and report it";
    }

    private static String oneLine(String text) {
        return Printable.line(text, MAX_CHARACTERS);
    }

    /** @param trace whether the user asked for stack traces */
    int print(PrintWriter err, Throwable e, boolean trace) {
        err.println(line);
        if (trace) {
            e.printStackTrace(err);
        }
        return exit;
    }
}
