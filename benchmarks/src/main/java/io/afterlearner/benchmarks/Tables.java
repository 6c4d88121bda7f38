package io.afterlearner.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The tables of measurements that this module includes, as CSV with a header. */
public final class Tables {
    private Tables() {}

    /** Reads the resource {@code name} beside a class; the row's components are columns, other columns are ignored. */
    public static <T> List<T> read(Class<?> beside, String name, Class<T> row) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name));
                MappingIterator<T> rows = new CsvMapper()
                        .readerFor(row)
                        .with(CsvSchema.emptySchema().withHeader())
                        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .readValues(in)) {
            return rows.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
