package io.afterlearner.feedback.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads true or false, which may be omitted, but not null: whoever sends null meant one of them. */
final class NeverNull extends StdDeserializer<Boolean> {
    private static final long serialVersionUID = 1;

    NeverNull() {
        super(Boolean.class);
    }

    @Override
    public @Nullable Boolean deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return context.readValue(json, Boolean.class);
    }

    @Override
    public @Nullable Boolean getNullValue(DeserializationContext context) throws InvalidNullException {
        throw InvalidNullException.from(context, null, context.constructType(Boolean.class));
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
