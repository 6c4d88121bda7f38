package io.afterlearner.aleph.write;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.Pieces;
import io.afterlearner.aleph.manifest.Aleph;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes the shipped model with other values in its ℵ tensors, for any server that loads ONNX. */
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
        return replace(content(model, Rewrite.of(model, aleph, aleph.tensors(values))), out);
    }

    /** Writes the model as it was shipped, byte by byte; only external data is embedded. */
    public static void writeShipped(Model model, Aleph aleph, Path out) {
        var unused = replace(content(model, Rewrite.of(model, aleph, Map.of())), out);
    }

    /** The content of a file, written as a stream. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static Content content(Model model, List<Splice> splices) {
        return out -> Splice.apply(splices, model.bytes(), model.directory(), out);
    }

    /** The digest of the content, which is not written to a file. */
    static String sha256(Content content) {
        try {
            return written(content, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("nothing was written that could fail", e);
        }
    }

    private static String written(Content content, OutputStream to) throws IOException {
        MessageDigest digest = Model.newSha256();
        try (OutputStream out = new DigestOutputStream(to, digest)) {
            content.writeTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Replaces a file atomically and returns the digest of its content. */
    static String replace(Content content, Path out) {
        Path target = out.toAbsolutePath();
        try {
            // Not createTempFile: only the owner may read its files, and a server must be able to load this one.
            Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                String digest = written(
                        content, Pieces.writing(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return digest;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new AlephException(
                    out + " cannot be written: " + Refusal.reason(e), "free space, or choose another folder", e);
        }
    }
}
