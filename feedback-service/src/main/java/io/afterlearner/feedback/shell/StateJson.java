package io.afterlearner.feedback.shell;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.afterlearner.feedback.core.statistics.LogHistogram;
import java.io.IOException;

/**
 * The core's records as bytes, for this service's own stores and topics, and exactly back: JSON writes each double so that
 * it is read as the same one.
 *
 * @param <T> a record of the core's, or of this package
 */
final class StateJson<T> {

    /** How Jackson sees bins, which are no record. */
    @JsonIgnoreProperties("count")
    private abstract static class BinsView {
        @JsonCreator
        static LogHistogram of(@JsonProperty("bins") int[] bins, @JsonProperty("counts") long[] counts) {
            return LogHistogram.of(bins, counts);
        }
    }

    /** Components and nothing else: what a record says of itself beside them is no part of it. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(LogHistogram.class, BinsView.class)
            .build();

    private final ObjectReader reader;
    private final ObjectWriter writer;

    StateJson(TypeReference<T> type) {
        reader = JSON.readerFor(type);
        writer = JSON.writerFor(type);
    }

    byte[] encode(T value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " cannot be written", e);
        }
    }

    /** @throws IllegalStateException if another version wrote it, or it is damaged */
    T decode(byte[] bytes) {
        try {
            return reader.readValue(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("what the state store holds cannot be read by this version", e);
        }
    }
}
