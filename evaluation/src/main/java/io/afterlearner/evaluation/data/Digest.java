package io.afterlearner.evaluation.data;

import io.afterlearner.aleph.graph.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 digests, which identify files. */
public final class Digest {
    private Digest() {}

    /**
     * @return lower-case hex
     * @throws DataException if the file cannot be read
     */
    public static String sha256(Path file) {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw Npz.unreadable(file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A fresh digest. */
    public static MessageDigest sha256() {
        return Model.newSha256();
    }
}
