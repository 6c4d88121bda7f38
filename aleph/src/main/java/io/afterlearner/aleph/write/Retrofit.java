package io.afterlearner.aleph.write;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;

/** Writes a model: the shipped one with other values in its ℵ tensors, for any server that loads ONNX. */
public final class Retrofit {
    private Retrofit() {}

    /**
     * Writes the model at these parameter values. External data is embedded; every other byte stays the same. A graph input
     * that was ℵ gets its value as default. The file appears whole or not at all.
     *
     * @return SHA-256 of the written file, lower-case hex
     * @throws AlephException if the values do not fit or the file cannot be written
     */
    public static String write(Model model, Aleph aleph, double[] values, Path out) {
        byte[] bytes = bytes(model, aleph, values);
        replace(bytes, out);
        return Model.sha256(bytes);
    }

    /** Writes the model as it was shipped, byte by byte; only external data is embedded. */
    public static void writeShipped(Model model, Aleph aleph, Path out) {
        replace(Splice.apply(Rewrite.of(model, aleph, Map.of()), model.bytes(), model.directory()), out);
    }

    static byte[] bytes(Model model, Aleph aleph, double[] values) {
        return Splice.apply(Rewrite.of(model, aleph, aleph.tensors(values)), model.bytes(), model.directory());
    }

    static void replace(byte[] bytes, Path out) {
        Path target = out.toAbsolutePath();
        try {
            // Not createTempFile: only the owner may read its files, and a server must be able to load this one.
            Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new AlephException(
                    out + " cannot be written: " + Refusal.reason(e), "free space, or choose another folder", e);
        }
    }
}
