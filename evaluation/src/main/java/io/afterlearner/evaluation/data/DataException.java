package io.afterlearner.evaluation.data;

import io.afterlearner.aleph.Refusal;
import org.jspecify.annotations.Nullable;

/** The data, the loss's settings, or how they fit the model cannot be used. The message does not include the subject. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The part of a study that an error is about. */
    public enum Subject {
        MODEL,
        DATA,
        LOSS,
        /** How examples go through the model. */
        EVALUATION
    }

    private final Subject subject;
    private final @Nullable String setting;
    private final Refusal refusal;

    private DataException(Subject subject, @Nullable String setting, Refusal refusal, @Nullable Throwable cause) {
        super(refusal.toString(), cause);
        this.subject = subject;
        this.setting = setting;
        this.refusal = refusal;
    }

    /** An error about a data file or an array in it. */
    public DataException(String problem, String fix) {
        this(Subject.DATA, problem, fix);
    }

    /** An error about a data file, and what was thrown while it was read. */
    public DataException(String problem, String fix, Throwable cause) {
        this(Subject.DATA, new Refusal(problem, fix), cause);
    }

    public DataException(Subject subject, String problem, String fix) {
        this(subject, null, new Refusal(problem, fix), null);
    }

    public DataException(Subject subject, Refusal refusal, Throwable cause) {
        this(subject, null, refusal, cause);
    }

    /** An error about one setting of the loss, {@code type} included. */
    public static DataException setting(String name, String problem, String fix) {
        return new DataException(Subject.LOSS, name, new Refusal(problem, fix), null);
    }

    public Subject subject() {
        return subject;
    }

    /** The setting of the loss that is wrong; null if the error is about the loss as a whole or something else. */
    public @Nullable String setting() {
        return setting;
    }

    public Refusal refusal() {
        return refusal;
    }
}
