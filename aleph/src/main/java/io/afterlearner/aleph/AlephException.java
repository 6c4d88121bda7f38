package io.afterlearner.aleph;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model or the manifest cannot be used. The message is one line for the user: what is wrong, where, and how to fix it. An
 * error in a manifest also carries the {@link Field} to correct.
 */
public final class AlephException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 1000;

    /**
     * A field of a manifest entry.
     *
     * @param entry position in the manifest, from 0
     * @param name such as {@code tensor}, {@code slice}, {@code range} or {@code choices}
     */
    public record Field(int entry, String name) implements Serializable {}

    private final @Nullable Field field;

    public AlephException(String message) {
        super(line(message));
        this.field = null;
    }

    public AlephException(String message, Throwable cause) {
        super(line(message), cause);
        this.field = null;
    }

    /** An error in a manifest. */
    public AlephException(Field field, String message, @Nullable Throwable cause) {
        super(line(message), cause);
        this.field = field;
    }

    /** The manifest field to correct; empty if the model is at fault or all entries together. */
    public Optional<Field> field() {
        return Optional.ofNullable(field);
    }

    /** Names in a damaged file may hold anything: line ends, terminal escape codes, megabytes. */
    private static String line(String message) {
        String line = message.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
