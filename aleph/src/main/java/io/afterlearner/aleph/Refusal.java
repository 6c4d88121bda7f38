package io.afterlearner.aleph;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystemException;
import java.util.Locale;

/**
 * Why a person's input cannot be used. Both parts are one line.
 *
 * @param problem what is wrong, and where
 * @param fix what to do about it; empty if the problem says it or nothing helps
 */
public record Refusal(String problem, String fix) implements Serializable {
    private static final int MAX_LENGTH = 1000;

    public Refusal {
        problem = Printable.line(problem, MAX_LENGTH);
        fix = Printable.line(fix, MAX_LENGTH);
    }

    /** The same refusal of something inside a place such as a file. */
    public Refusal in(Object place) {
        return new Refusal(place + ": " + problem, fix);
    }

    /** {@code problem; fix}. */
    @Override
    public String toString() {
        return fix.isEmpty() ? problem : problem + "; " + fix;
    }

    /** Why a file cannot be used, in words: the message of a {@link FileSystemException} may be only its path. */
    public static String reason(IOException e) {
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason != null ? reason : words(e.getClass().getSimpleName());
    }

    /** {@code access denied} for {@code AccessDeniedException}. */
    private static String words(String exception) {
        return exception
                .replace("Exception", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
