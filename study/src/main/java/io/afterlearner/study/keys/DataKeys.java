package io.afterlearner.study.keys;

import io.afterlearner.schemas.LossSpec;
import io.afterlearner.study.files.FileKey;
import io.afterlearner.study.yaml.JsonText;
import io.afterlearner.study.yaml.Yaml;
import java.util.Map;
import java.util.TreeMap;

/** {@code data:} and {@code loss:}. */
public record DataKeys(FileKey search, FileKey test, LossSpec loss) implements LossSource {

    static DataKeys read(Section study) {
        Section data = Section.of(study.required("data"));
        return new DataKeys(
                FileKey.of(data.required("search")), FileKey.of(data.required("test")), loss(study.required("loss")));
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
