package io.afterlearner.schemas;

import org.jspecify.annotations.Nullable;

/** The name of an entry of a study's {@code aleph}: {@code mean}, {@code head.weight{0:10,:}}. */
public final class AlephArray {
    private AlephArray() {}

    /** The tensor, with the slice in braces if there is one. */
    public static String name(String tensor, @Nullable String slice) {
        return tensor + (slice == null ? "" : "{" + slice + "}");
    }

    public static String name(AlephGroup group) {
        return name(group.getTensor(), group.getSlice());
    }
}
