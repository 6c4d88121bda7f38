package io.afterlearner.demo.world;

import java.util.HashMap;
import java.util.Map;

/** What a process was started with: {@code name=value} each. */
record Arguments(Map<String, String> values) {

    static Arguments of(String[] given) {
        Map<String, String> values = new HashMap<>();
        for (String argument : given) {
            int equals = argument.indexOf('=');
            values.put(argument.substring(0, Math.max(0, equals)), argument.substring(equals + 1));
        }
        return new Arguments(values);
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + "= is missing");
        }
        return value;
    }

    long whole(String name) {
        return Long.parseLong(text(name));
    }
}
