package io.afterlearner.study.keys;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table of all keys of study.yaml, read from {@code study-keys.csv}. Parsing takes the known keys and the examples in error
 * messages from it; StudyKeysTest checks its defaults and limits against the parser.
 */
public final class StudyKeys {
    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");
    private static final List<StudyKey> ALL = read();
    private static final Map<String, StudyKey> BY_PATH =
            ALL.stream().collect(Collectors.toUnmodifiableMap(StudyKey::path, Function.identity()));
    private static final Map<String, StudyKey> BY_FIELD =
            ALL.stream().collect(Collectors.toUnmodifiableMap(StudyKey::field, Function.identity()));

    private StudyKeys() {}

    /** Every key, in the order of a study.yaml. The settings of a loss are not among them: each loss has its own. */
    public static List<StudyKey> all() {
        return ALL;
    }

    static List<String> names(String place) {
        String section = anyItem(place);
        return ALL.stream()
                .filter(key -> key.section().equals(section))
                .map(StudyKey::name)
                .toList();
    }

    static String value(String place) {
        StudyKey key = BY_PATH.get(anyItem(place));
        if (key == null) {
            throw new IllegalArgumentException(place);
        }
        return key.value();
    }

    /** The place of the key that a StudySpec field comes from: {@code online.exposureLimit} is {@code online.stop.exposures}. */
    public static String place(String field) {
        StudyKey key = BY_FIELD.get(anyItem(field));
        String place = key == null ? anyItem(field) : key.path();
        for (Matcher index = INDEX.matcher(field); index.find(); ) {
            place = place.replaceFirst("\\[]", index.group());
        }
        return place;
    }

    private static String anyItem(String place) {
        return INDEX.matcher(place).replaceAll("[]");
    }

    private static List<StudyKey> read() {
        ObjectReader reader = CsvMapper.builder()
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build()
                .readerFor(StudyKey.class)
                .with(CsvSchema.emptySchema().withHeader());
        try (InputStream table = StudyKeys.class.getResourceAsStream("study-keys.csv");
                MappingIterator<StudyKey> keys = reader.readValues(table)) {
            return List.copyOf(keys.readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
