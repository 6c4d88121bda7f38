package io.afterlearner.schemas;

/** An input that cannot be used. The message is {@link InputError#sentence}. */
public final class InputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient InputError error;

    public InputException(InputError error) {
        super(error.sentence());
        this.error = error;
    }

    public InputException(String field, String problem, String fix) {
        this(new InputError(field, problem, fix));
    }

    /** What is wrong. */
    public InputError error() {
        return error;
    }
}
