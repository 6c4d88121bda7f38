package io.afterlearner.study;

import io.afterlearner.schemas.LossSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code data:} and {@code loss:}. */
record DataKeys(FileKey search, FileKey test, LossKey loss) implements Judged {

    /**
     * @param at the mapping that holds loss.type and its settings
     */
    record LossKey(Yaml at, LossSpec spec) {}

    /**
     * @param root the whole study
     * @param keys its own keys
     */
    static DataKeys read(Yaml root, Map<String, Yaml> keys) {
        Yaml at = StudyFile.required(root, keys, "data", "data: {search: search.npz, test: test.npz}");
        Map<String, Yaml> data = at.mapping(List.of("search", "test"));
        return new DataKeys(
                FileKey.of(StudyFile.required(at, data, "search", "search: search.npz")),
                FileKey.of(StudyFile.required(at, data, "test", "test: test.npz")),
                loss(StudyFile.required(root, keys, "loss", "loss: {type: error-rate}")));
    }

    private static LossKey loss(Yaml at) {
        Map<String, Yaml> keys = at.mapping();
        String type = StudyFile.required(at, keys, "type", "type: error-rate").text();
        Map<String, String> settings = new TreeMap<>();
        keys.forEach((key, value) -> {
            if (!key.equals("type")) {
                settings.put(key, JsonText.of(value));
            }
        });
        return new LossKey(at, new LossSpec(type, settings));
    }
}
