package io.afterlearner.evaluation.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a data file is that is not a .npz file, by its first bytes. */
enum Format {
    NPY("a single array (.npy)", "save it with its name in a .npz file: numpy.savez(FILE, INPUT=array, target=target)"),
    PARQUET("a Parquet file", Format.SAVE),
    HDF5("an HDF5 file", Format.SAVE),
    JSON("a JSON file", Format.SAVE),
    PICKLE("a pickle", Format.SAVE),
    CSV("a text file, such as CSV", Format.SAVE),
    OTHER("", "save it again with numpy.savez");

    private static final String SAVE =
            "read it in Python, and save its columns as arrays: numpy.savez(FILE, INPUT=…, target=…)";

    private static final int LOOKED_AT = 256;

    private final String what;
    private final String fix;

    Format(String what, String fix) {
        this.what = what;
        this.fix = fix;
    }

    static Format of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return OTHER;
        }
    }

    private static Format of(String start) {
        if (start.startsWith("\u0093NUMPY")) {
            return NPY;
        }
        if (start.startsWith("PAR1")) {
            return PARQUET;
        }
        if (start.startsWith("\u0089HDF")) {
            return HDF5;
        }
        if (start.startsWith("\u0080")) {
            return PICKLE;
        }
        if (start.startsWith("PK") || start.isEmpty() || start.chars().anyMatch(Format::isBinary)) {
            return OTHER;
        }
        String text = start.strip();
        return text.startsWith("{") || text.startsWith("[") ? JSON : CSV;
    }

    private static boolean isBinary(int character) {
        return character < ' ' && "\t\r\n".indexOf(character) < 0;
    }

    /** @param damage what is wrong if it is none of these formats */
    DataException refusal(Path file, String damage, Exception cause) {
        String problem = this == OTHER
                ? file + " is not a complete .npz file (" + damage + ")"
                : file + " is " + what + ", which is not supported: examples are the arrays of a .npz file";
        return new DataException(problem, fix, cause);
    }
}
