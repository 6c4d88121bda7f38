package io.afterlearner.local.cli.session;

import io.afterlearner.aleph.Printable;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.report.words.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what is known of a study: named fields and an ℵ vector. */
public final class Fields {
    private static final int MAX_VALUES = 40;
    private static final int MAX_NAME = 60;

    private Fields() {}

    /** As one JSON object with all values, or for people with as many values, and as much of their names, as fit. */
    public static void print(
            Console console,
            boolean json,
            Map<String, @Nullable Object> fields,
            Studies.Known study,
            List<Double> values) {
        if (json) {
            fields.put("values", values);
            fields.put("parameters", Parameter.of(study.spec().getAleph(), values));
            console.out().println(Json.line(fields));
            return;
        }
        print(console, fields);
        Parameter.of(study.spec().getAleph(), values).stream()
                .limit(MAX_VALUES)
                .forEach(parameter -> console.out()
                        .printf("  %s = %s%n", Printable.line(parameter.name(), MAX_NAME), parameter.text()));
        if (values.size() > MAX_VALUES) {
            console.out().printf("  … %d more; --json prints all%n", values.size() - MAX_VALUES);
        }
    }

    static void print(Console console, Map<String, @Nullable Object> fields) {
        fields.forEach((key, value) -> {
            if (value != null) {
                console.out().printf("%-14s%s%n", key, Printable.line(text(key, value)));
            }
        });
    }

    /** A field for people, who read words in lower case. */
    public static String text(String key, @Nullable Object value) {
        String text = text(value);
        return key.equals("status") || key.equals("state") ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Map<?, ?> online) {
            return online.get("state") + ", champion " + online.get("champion") + " since " + online.get("since");
        }
        return value instanceof Double number ? Numbers.of(number) : value == null ? "–" : value.toString();
    }
}
