package io.afterlearner.feedback.shell;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Pairs;
import io.afterlearner.feedback.core.statistics.Sample;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Encodes the core's records as JSON for this service's own stores and topics. Decoding returns an equal record, doubles
 * included.
 *
 * @param <T> a record
 */
public final class StateJson<T> {

    /** Maps {@link LogHistogram}, which is not a record. */
    @JsonIgnoreProperties("count")
    abstract static class BinsView {
        @JsonCreator
        BinsView(@JsonProperty("bins") int[] bins, @JsonProperty("counts") long[] counts) {}
    }

    /** Omits pairs that a tally does not have: those of most metrics have none, and there are many. */
    abstract static class TallyView {
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NoPairs.class)
        @SuppressWarnings("unused")
        private Pairs pairs = Pairs.NONE;

        @JsonCreator
        TallyView(
                @JsonProperty("sums") Moments sums,
                @JsonProperty("bins") LogHistogram bins,
                @JacksonInject("pairs") @JsonProperty("pairs") Pairs pairs) {}
    }

    /** Like {@link TallyView}. */
    abstract static class SampleView {
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NoPairs.class)
        @SuppressWarnings("unused")
        private Pairs pairs = Pairs.NONE;

        @JsonCreator
        SampleView(@JsonProperty("sums") Moments sums, @JacksonInject("pairs") @JsonProperty("pairs") Pairs pairs) {}
    }

    /** Equals what Jackson omits. */
    static final class NoPairs {
        @Override
        public boolean equals(Object other) {
            return Pairs.NONE.equals(other);
        }

        @Override
        public int hashCode() {
            return Pairs.NONE.hashCode();
        }
    }

    /** Reads and writes record components only, no derived properties. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(LogHistogram.class, BinsView.class)
            .addMixIn(Tally.class, TallyView.class)
            .addMixIn(Sample.class, SampleView.class)
            .injectableValues(new InjectableValues.Std().addValue("pairs", Pairs.NONE))
            .build();

    private final Map<String, Long> added;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    public StateJson(TypeReference<T> type) {
        this(type, Map.of());
    }

    /** @param added fields that older versions did not write, and the values they stand for */
    public StateJson(TypeReference<T> type, Map<String, Long> added) {
        this.added = Map.copyOf(added);
        reader = JSON.readerFor(type);
        writer = JSON.writerFor(type);
    }

    public byte[] encode(T value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " cannot be encoded", e);
        }
    }

    /** @throws IllegalStateException if an incompatible version wrote it, or it is damaged */
    public T decode(byte[] bytes) {
        try {
            return reader.readValue(bytes);
        } catch (MismatchedInputException e) {
            return decodeOlder(bytes, e);
        } catch (IOException e) {
            throw incompatible(e);
        }
    }

    private T decodeOlder(byte[] bytes, MismatchedInputException problem) {
        try {
            JsonNode json = JSON.readTree(bytes);
            Iterable<JsonNode> objects = json.isArray() ? json : List.of(json);
            for (JsonNode each : objects) {
                if (each instanceof ObjectNode object) {
                    added.forEach((field, value) -> object.putIfAbsent(field, LongNode.valueOf(value)));
                }
            }
            return reader.readValue(json);
        } catch (IOException e) {
            throw incompatible(problem);
        }
    }

    private static IllegalStateException incompatible(IOException e) {
        return new IllegalStateException(
                "the state store was written by an incompatible version or is damaged; remove the study, or run that version",
                e);
    }
}
