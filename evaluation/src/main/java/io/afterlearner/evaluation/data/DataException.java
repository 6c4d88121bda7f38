package io.afterlearner.evaluation.data;

import org.jspecify.annotations.Nullable;

/**
 * The data, the loss's settings, or how they fit the model cannot be used. The message is one line for the user: what is
 * wrong, where, and how to fix it, without the subject.
 */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The part of a study that an error is about. */
    public enum Subject {
        MODEL,
        DATA,
        LOSS
    }

    private final Subject subject;
    private final @Nullable String setting;

    private DataException(Subject subject, @Nullable String setting, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.subject = subject;
        this.setting = setting;
    }

    /** An error about a data file or an array in it. */
    public DataException(String message) {
        this(Subject.DATA, null, message, null);
    }

    /** An error about a data file, with what was met when it was read. */
    public DataException(String message, Throwable cause) {
        this(Subject.DATA, null, message, cause);
    }

    public DataException(Subject subject, String message) {
        this(subject, null, message, null);
    }

    public DataException(Subject subject, String message, Throwable cause) {
        this(subject, null, message, cause);
    }

    /** An error about one setting of the loss, {@code type} included. */
    public static DataException setting(String name, String message) {
        return new DataException(Subject.LOSS, name, message, null);
    }

    public Subject subject() {
        return subject;
    }

    /** The setting of the loss that is wrong; null if the error is about the loss as a whole or something else. */
    public @Nullable String setting() {
        return setting;
    }
}
