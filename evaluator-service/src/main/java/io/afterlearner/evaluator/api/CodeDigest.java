package io.afterlearner.evaluator.api;

import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluator.shell.Evaluators;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Digest of the code that turns a candidate into a loss: the jars of evaluator, evaluation and aleph. */
final class CodeDigest {
    private static final List<Class<?>> CODE = List.of(Evaluators.class, Evaluation.class, Aleph.class);

    private CodeDigest() {}

    /** SHA-256 over the jars' digests; "unpackaged" where classes lie in directories, as in development. */
    static String get() {
        MessageDigest digest = Digest.sha256();
        for (Class<?> type : CODE) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            Path jar = source == null ? null : path(source);
            if (jar == null || !Files.isRegularFile(jar)) {
                return "unpackaged";
            }
            digest.update(Digest.sha256(jar).getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static @Nullable Path path(CodeSource source) {
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            // Some class loader's own kind of address: no file to digest.
            return null;
        }
    }
}
