package io.afterlearner.feedback.shell.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decodes a record of a user's topic. Implementations are not thread-safe. */
interface RecordFormat {

    /** The fields of a record by path, such as {@code ctx.token}. */
    interface Fields {
        /** A Number, a Boolean, a String, or null if there is no such value. */
        @Nullable
        Object at(String path);
    }

    Fields read(byte[] bytes);

    /** JSON in UTF-8. */
    final class Json implements RecordFormat {
        private static final ObjectReader READER = JsonMapper.builder().build().readerFor(JsonNode.class);

        @Override
        public Fields read(byte[] bytes) {
            try {
                JsonNode root = READER.readTree(bytes);
                return path -> {
                    JsonNode at = root;
                    for (String step : path.split("\\.", -1)) {
                        at = at.path(step);
                    }
                    return value(at);
                };
            } catch (IOException e) {
                String reason = e instanceof JsonProcessingException bad ? bad.getOriginalMessage() : e.getMessage();
                throw new IllegalArgumentException("not JSON: " + reason, e);
            }
        }

        private static @Nullable Object value(JsonNode node) {
            if (node.isNumber()) {
                return node.numberValue();
            }
            if (node.isBoolean()) {
                return node.booleanValue();
            }
            return node.isTextual() ? node.textValue() : null;
        }
    }
}
