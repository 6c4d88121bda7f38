package io.afterlearner.study;

import io.afterlearner.aleph.Printable;

/**
 * What is wrong with the user's input, as data.
 *
 * @param file the file as its user named it; empty if the input is not a file
 * @param line counted from 1; 0 if the error is not about one line
 * @param field path of the key, such as {@code aleph[1].range}; empty for the whole input
 * @param problem what is wrong
 * @param fix how to fix it; empty if the problem says what the value must be
 */
public record InputError(String file, int line, String field, String problem, String fix) {
    private static final int MAX_CHARACTERS = 2_000;

    /** The only place that renders an error: {@code study.yaml:15: optimizer.budgett: unknown key; did you mean budget?}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(file.isEmpty() ? "" : ": ");
        text.append(field.isEmpty() ? "" : field + ": ").append(problem);
        text.append(fix.isEmpty() ? "" : "; " + fix);
        return Printable.line(text.toString(), MAX_CHARACTERS);
    }
}
