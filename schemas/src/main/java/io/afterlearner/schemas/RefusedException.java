package io.afterlearner.schemas;

/** A record of the right types that nobody can work with. The message is one line: field, what is wrong, the mend. */
public final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String what;

    RefusedException(String field, String what) {
        super(field + " " + what);
        this.field = field;
        this.what = what;
    }

    /** Path of the field, such as {@code online.guardrails[0].limit}. */
    public String field() {
        return field;
    }

    /** The message without the field: it goes on behind any name of it. */
    public String what() {
        return what;
    }
}
