package io.afterlearner.schemas;

/** A record has the right types but cannot be used. The message is one line: field, what is wrong, how to fix it. */
public final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;
    private final String fix;

    /** Like the other constructor, where the problem says how to fix it. */
    public RefusedException(String field, String problem) {
        this(field, problem, "");
    }

    /**
     * @param field path of the field, such as {@code aleph[0].shape}; empty for the whole record
     * @param problem what is wrong; continues the field's name, such as "is missing"
     * @param fix how to fix it, such as "give one"; empty if the problem says it
     */
    public RefusedException(String field, String problem, String fix) {
        super((field.isEmpty() ? "" : field + " ") + problem + (fix.isEmpty() ? "" : "; " + fix));
        this.field = field;
        this.problem = problem;
        this.fix = fix;
    }

    public String field() {
        return field;
    }

    public String problem() {
        return problem;
    }

    public String fix() {
        return fix;
    }
}
