package io.afterlearner.schemas;

/** A record has the right types but cannot be used. The message is one line: field, what is wrong, how to fix it. */
public final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String what;

    /**
     * @param field path of the field, such as {@code aleph[0].shape}
     * @param what continues a sentence that begins with the field
     */
    public RefusedException(String field, String what) {
        super(field.isEmpty() ? what : field + " " + what);
        this.field = field;
        this.what = what;
    }

    /** Path of the field, such as {@code online.guardrails[0].limit}. */
    public String field() {
        return field;
    }

    /** The message without the field, to continue any name of the field. */
    public String what() {
        return what;
    }
}
