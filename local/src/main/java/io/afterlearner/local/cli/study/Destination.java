package io.afterlearner.local.cli.study;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.evaluation.s3.S3Location;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluation.s3.S3Store;
import io.afterlearner.evaluation.s3.StoreException;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.report.Delivery;
import io.afterlearner.report.file.Outputs;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Where an export goes. Each file appears whole, and the manifest last. */
sealed interface Destination {
    /** @throws InputException if the store refuses */
    void put(Path file) throws IOException;

    /** @throws InputException if the store refuses */
    void remove(String name) throws IOException;

    /** @throws InputException if it is neither a folder that can be written nor {@code s3://bucket/prefix} */
    static Destination of(String text) {
        if (text.isBlank()) {
            throw new InputException("afterlearner: --to is empty", "give a folder or s3://BUCKET/PREFIX");
        }
        try {
            if (text.toLowerCase(Locale.ROOT).startsWith("s3:")) {
                return new Prefix(S3Location.of(address(text)), new S3Store(S3Settings.ofProcess(), Prefix.SILENCE));
            }
            Path folder = Path.of(text);
            Options.requireWritable("--to", folder);
            return new Folder(folder);
        } catch (StoreException e) {
            throw refused(e);
        } catch (InvalidPathException e) {
            throw new InputException(
                    "afterlearner: --to " + text + " is not a path", "give a folder or s3://BUCKET/PREFIX");
        } catch (IllegalArgumentException e) {
            throw new InputException("afterlearner: --to: " + e.getMessage());
        }
    }

    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InputException(
                    "afterlearner: --to is not an address: " + e.getReason(),
                    "give s3://BUCKET/PREFIX, and write special characters as %XX, such as a blank as %20");
        }
    }

    private static InputException refused(StoreException e) {
        return new InputException(
                "afterlearner: --to: " + e.refusal().problem(), e.refusal().fix());
    }

    /**
     * Replaces an earlier export. Whoever reads without the manifest in the meantime knows that it is not complete; whoever has
     * read the earlier manifest finds other digests.
     *
     * @param folder with the files of an export and their manifest
     */
    default void publish(Path folder) throws IOException {
        remove(Manifest.NAME);
        List<String> names = Manifest.names(folder);
        if (!names.contains(Delivery.CANDIDATE)) {
            remove(Delivery.CANDIDATE);
        }
        for (String name : names) {
            put(folder.resolve(name));
        }
        put(folder.resolve(Manifest.NAME));
    }

    /** A folder of this machine. */
    record Folder(Path path) implements Destination {
        @Override
        public void put(Path file) throws IOException {
            String name = file.getFileName().toString();
            try {
                new Outputs(path).put(name, next -> Files.copy(file, next));
            } catch (IOException e) {
                // The message may name the copied file instead.
                throw new IOException(path.resolve(name) + " cannot be written: " + Refusal.reason(e), e);
            }
        }

        @Override
        public void remove(String name) throws IOException {
            new Outputs(path).remove(name);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** Objects whose keys begin alike. */
    record Prefix(S3Location at, S3Store store) implements Destination {
        private static final Duration SILENCE = Duration.ofSeconds(60);
        private static final Duration WHOLE = Duration.ofHours(6);

        @Override
        public void put(Path file) throws IOException {
            String name = file.getFileName().toString();
            try {
                store.write(at.child(name), file, type(name), WHOLE);
            } catch (StoreException e) {
                throw refused(e);
            }
        }

        private static String type(String name) {
            return switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "json" -> "application/json";
                case "html" -> "text/html; charset=utf-8";
                case "csv" -> "text/csv; charset=utf-8";
                default -> "application/octet-stream";
            };
        }

        @Override
        public void remove(String name) throws IOException {
            try {
                store.remove(at.child(name), SILENCE);
            } catch (StoreException e) {
                throw refused(e);
            }
        }

        @Override
        public String toString() {
            return at.toString();
        }
    }
}
