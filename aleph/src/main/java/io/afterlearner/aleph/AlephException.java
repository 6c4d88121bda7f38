package io.afterlearner.aleph;

/** The model or the manifest cannot be used. The message is one line for the user: what, where, and the mend. */
public final class AlephException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1000;

    public AlephException(String message) {
        super(line(message));
    }

    public AlephException(String message, Throwable cause) {
        super(line(message), cause);
    }

    /** Names in a damaged file hold anything: line ends, escape codes of terminals, megabytes. */
    private static String line(String message) {
        String line = message.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
