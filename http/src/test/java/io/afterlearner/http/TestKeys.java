package io.afterlearner.http;

import io.afterlearner.access.AccessKey;
import io.afterlearner.access.StudyPatterns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keys of the tests. Quarkus loads test classes twice, so the keys are fixed. */
final class TestKeys {
    static final String ADMIN = key("a");

    private TestKeys() {}

    static String key(String letter) {
        return "alk_" + letter.repeat(43);
    }

    static String line(String id, String roles, String studies, String key) {
        return AccessKey.of(id, List.of(roles.split(",", -1)), StudyPatterns.of(List.of(studies.split(",", -1))), key)
                + "\n";
    }

    /** Writes the file and returns its path. */
    static String write(String name, String... lines) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "test-keys"));
            return Files.writeString(folder.resolve(name), String.join("", lines))
                    .toAbsolutePath()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
