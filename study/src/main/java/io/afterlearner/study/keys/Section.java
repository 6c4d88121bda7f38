package io.afterlearner.study.keys;

import io.afterlearner.study.yaml.Yaml;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mapping of a study.yaml. All its keys are in the table of keys. */
record Section(Yaml at, Map<String, Yaml> entries) {

    static Section of(Yaml at) {
        return new Section(at, at.mapping(StudyKeys.names(at.place())));
    }

    /** A section below this one; without keys if it is omitted. */
    Section section(String key) {
        return optional(key, Section::of).orElseGet(() -> new Section(at.missing(key), Map.of()));
    }

    Yaml required(String key) {
        Yaml value = entries.get(key);
        if (value == null) {
            Yaml missing = at.missing(key);
            throw missing.error("is missing", "add " + key + ": " + StudyKeys.value(missing.place()));
        }
        return value;
    }

    @Nullable
    Yaml get(String key) {
        return entries.get(key);
    }

    <T> Optional<T> optional(String key, Function<Yaml, T> read) {
        return Optional.ofNullable(entries.get(key)).map(read);
    }
}
