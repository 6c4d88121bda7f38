package io.afterlearner.http;

/**
 * What is wrong with a body: where, what, and how to fix it.
 *
 * @param field path of the field, such as {@code online.guardrails[0].limit}; empty for the whole input
 * @param problem what is wrong; continues the field's name, such as "must be at least 1, not 0.5" or "is missing"
 * @param fix how to fix it, such as "give one"; empty if the problem says it
 */
record JsonError(String field, String problem, String fix) {

    /** Problem and fix, to continue any name of the field. */
    String what() {
        return fix.isEmpty() ? problem : problem + ": " + fix;
    }

    /** One line: field, problem and fix. */
    String sentence() {
        return field.isEmpty() ? what() : field + " " + what();
    }
}
