package io.afterlearner.aleph;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The model or the manifest cannot be used. An error in a manifest also carries the {@link Field} to correct. */
public final class AlephException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A field of a manifest entry.
     *
     * @param entry position in the manifest, from 0
     * @param name such as {@code tensor}, {@code slice}, {@code range} or {@code choices}
     */
    public record Field(int entry, String name) implements Serializable {}

    private final Refusal refusal;
    private final @Nullable Field field;

    public AlephException(String problem, String fix) {
        this(new Refusal(problem, fix), null, null);
    }

    public AlephException(String problem, String fix, Throwable cause) {
        this(new Refusal(problem, fix), null, cause);
    }

    /** @param field the manifest field to correct; null if the model is at fault or all entries together */
    public AlephException(Refusal refusal, @Nullable Field field, @Nullable Throwable cause) {
        super(refusal.toString(), cause);
        this.refusal = refusal;
        this.field = field;
    }

    /** The same error of something inside a place such as a file. */
    public AlephException in(Object place) {
        return new AlephException(refusal.in(place), field, this);
    }

    public Refusal refusal() {
        return refusal;
    }

    /** The manifest field to correct; empty if the model is at fault or all entries together. */
    public Optional<Field> field() {
        return Optional.ofNullable(field);
    }
}
