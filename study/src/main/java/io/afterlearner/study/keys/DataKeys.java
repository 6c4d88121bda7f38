package io.afterlearner.study.keys;

import io.afterlearner.schemas.LossSpec;
import io.afterlearner.study.files.FileKey;
import io.afterlearner.study.yaml.JsonText;
import io.afterlearner.study.yaml.Yaml;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code data:} and {@code loss:}.
 *
 * @param test null if the study has no test split
 */
public record DataKeys(FileKey search, @Nullable FileKey test, LossSpec loss) implements LossSource {

    static DataKeys read(Section study) {
        Section data = Section.of(study.required("data"));
        return new DataKeys(
                FileKey.of(data.required("search")),
                data.optional("test", FileKey::of).orElse(null),
                loss(study.required("loss")));
    }

    private static LossSpec loss(Yaml at) {
        Map<String, Yaml> keys = at.mapping();
        String type = new Section(at, keys).required("type").text();
        Map<String, String> settings = new TreeMap<>();
        keys.forEach((key, value) -> {
            if (!key.equals("type")) {
                settings.put(key, JsonText.of(value));
            }
        });
        return new LossSpec(type, settings);
    }
}
