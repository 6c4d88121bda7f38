package io.afterlearner.schemas;

/**
 * What is wrong with an input, as data: where, what, and how to fix it. Whoever shows it decides how the place is written: a
 * JSON path, a line of a file, a name of its own.
 *
 * @param field path of the field, such as {@code online.guardrails[0].limit}; empty for the whole input
 * @param problem what is wrong; continues the field's name, such as "must be at least 1, not 0.5" or "is missing"
 * @param fix how to fix it, such as "give one"; empty if the problem says it
 */
public record InputError(String field, String problem, String fix) {

    /** The same error, of an input that is a part of another. */
    public InputError below(String parent) {
        String path = field.isEmpty() || field.startsWith("[") ? parent + field : parent + "." + field;
        return new InputError(path, problem, fix);
    }

    /** Problem and fix, to continue any name of the field. */
    public String what() {
        return fix.isEmpty() ? problem : problem + ": " + fix;
    }

    /** One line: field, problem and fix. */
    public String sentence() {
        return field.isEmpty() ? what() : field + " " + what();
    }
}
