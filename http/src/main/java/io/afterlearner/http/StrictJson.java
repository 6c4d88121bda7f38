package io.afterlearner.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.afterlearner.schemas.RefusedException;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * Makes a service read JSON strictly: unknown fields, a field given twice, text after the body, null in a list, a fraction
 * for a whole number, and a string for a number or the reverse are refused with 400 and the place.
 */
@Singleton
public class StrictJson implements ObjectMapperCustomizer {
    private static final ObjectMapper MAPPER = strict(new ObjectMapper());

    @Override
    public void customize(ObjectMapper mapper) {
        strict(mapper);
    }

    /**
     * Reads a part of a body, as strictly as the body.
     *
     * @throws RefusedException with the path of the field within the part
     */
    public static <T> T read(JsonNode part, Class<T> type) {
        try {
            return MAPPER.treeToValue(part, type);
        } catch (JsonProcessingException e) {
            throw JsonErrors.of(e);
        }
    }

    /** For a mapper of one's own. */
    @SuppressWarnings("deprecation") // The replacement needs a new mapper; Quarkus gives us this one.
    static ObjectMapper strict(ObjectMapper mapper) {
        mapper.enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false);
        mapper.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
        mapper.setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
        var text = mapper.coercionConfigFor(LogicalType.Textual);
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
        text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper;
    }
}
