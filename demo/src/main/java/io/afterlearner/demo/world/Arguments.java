package io.afterlearner.demo.world;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The arguments of a process, {@code name=value} each. */
record Arguments(Map<String, String> values) {

    static Arguments of(String[] given) {
        return new Arguments(Arrays.stream(given)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    String text(String name) {
        return Objects.requireNonNull(values.get(name), name + "= is missing");
    }

    long whole(String name) {
        return Long.parseLong(text(name));
    }

    int port() {
        return (int) whole("port");
    }
}
