package io.afterlearner.schemas;

/**
 * What is wrong with an input, as data: where, what, and how to fix it. Whoever shows it decides how the place is written: a
 * JSON path, a line of a file, a name of its own.
 *
 * @param field path of the field, such as {@code online.guardrails[0].limit}; empty for the whole input
 * @param problem what is wrong; goes on behind the field's name, such as "is 0.5"
 * @param fix how to fix it, such as "give at least 1"
 */
public record InputError(String field, String problem, String fix) {

    /** The same error, of an input that is a part of another. */
    public InputError below(String parent) {
        String path = field.isEmpty() || field.startsWith("[") ? parent + field : parent + "." + field;
        return new InputError(path, problem, fix);
    }

    /** The error behind any name of its field: problem and fix. */
    public String what() {
        return problem + ": " + fix;
    }

    /** One line: field, problem and fix. */
    public String sentence() {
        return field.isEmpty() ? what() : field + " " + what();
    }
}
