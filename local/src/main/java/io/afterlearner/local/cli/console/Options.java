package io.afterlearner.local.cli.console;

import io.afterlearner.study.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;

/** Checks of option values. A wrong value is an {@link InputException} of one line. */
public final class Options {
    private Options() {}

    /** Requires a value from {@code least} to {@code most}; NaN is refused. */
    public static void requireWithin(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw wrong(option + " must be " + text(least) + " to " + text(most) + ", not " + text(value));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    public static void requireKnown(String option, String value, Collection<String> known) {
        if (!known.contains(value)) {
            throw wrong(option + " " + value + ": unknown; use " + String.join(", ", known));
        }
    }

    /** Requires that files can be written into a folder, or that the folder can be created. Creates nothing. */
    public static void requireWritable(String option, Path folder) {
        Path existing = folder.toAbsolutePath().normalize();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        boolean isFolder = Files.isDirectory(existing);
        if (!isFolder || !takesFolders(existing)) {
            throw wrong(option + " " + folder + ": " + existing + (isFolder ? " is not writable" : " is not a folder")
                    + "; choose another folder");
        }
    }

    /** By trying, because permissions alone do not tell: root may write anywhere, and some file systems take no folders. */
    private static boolean takesFolders(Path existing) {
        try {
            Files.delete(Files.createTempDirectory(existing, ".afterlearner"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Requires that a file can be written. Creates nothing. */
    public static void requireWritableFile(String option, Path file) {
        if (Files.isDirectory(file) || (Files.exists(file) && !Files.isWritable(file))) {
            throw wrong(option + " " + file + " cannot be written; choose another file");
        }
        requireWritable(option, Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    private static InputException wrong(String what) {
        return new InputException("afterlearner: " + what);
    }
}
