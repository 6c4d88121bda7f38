package io.afterlearner.k8s;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.k8s.checks.Checks;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Overlay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each check finds an error that is planted into the overlay production. */
class PlantedErrorsTest {
    private static Overlay production = new Overlay(List.of());
    private static List<Check> checks = List.of();

    @BeforeAll
    static void read() throws IOException {
        production = Overlay.rendered("production");
        checks = Checks.ofRepository();
    }

    private static Check check(String name) {
        return checks.stream()
                .filter(check -> check.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no check " + name));
    }

    @ParameterizedTest(name = "{3}: {0}{1} = {2}")
    @CsvFileSource(resources = "planted-errors.csv", numLinesToSkip = 1, quoteCharacter = '\'', delimiter = '|')
    void isFound(String object, String pointer, String value, String check, String finding) {
        Overlay wrong = production.edited(object, pointer, value == null ? "" : value);
        List<String> found = check(check).findings(wrong);
        assertTrue(
                found.stream().anyMatch(text -> text.contains(finding)),
                () -> "expected a finding with '" + finding + "', but there are " + found);
    }

    @Test
    void eachCheckHasItsError() throws IOException {
        String rows;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("planted-errors.csv"))) {
            rows = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Check check : checks) {
            String name = check.getClass().getSimpleName();
            assertTrue(rows.contains(" | " + name + " | "), "plant an error for " + name);
        }
    }
}
