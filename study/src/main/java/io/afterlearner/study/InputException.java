package io.afterlearner.study;

/** What the user gave cannot be used: exit code 2. The message is one line: where, what, and the mend. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(oneLine(message));
    }

    public InputException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** What went wrong, as the one who found it says. */
    static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** A reason that is a whole sentence already. */
    public static InputException of(Exception e) {
        return new InputException(reason(e), e);
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
