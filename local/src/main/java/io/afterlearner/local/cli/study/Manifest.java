package io.afterlearner.local.cli.study;

import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.local.cli.console.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of an export with their sizes and digests. It is written last: a place that has it has all of them. */
final class Manifest {
    static final String NAME = "manifest.json";

    private Manifest() {}

    /** The names of the files, in order. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(NAME))
                    .sorted()
                    .toList();
        }
    }

    static Path write(String study, Path folder) throws IOException {
        List<Map<String, Object>> files = new ArrayList<>();
        for (String name : names(folder)) {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("name", name);
            file.put("bytes", Files.size(folder.resolve(name)));
            file.put("sha256", Digest.sha256(folder.resolve(name)));
            files.add(file);
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("study", study);
        manifest.put("files", files);
        return Files.writeString(folder.resolve(NAME), Json.line(manifest) + "\n");
    }
}
