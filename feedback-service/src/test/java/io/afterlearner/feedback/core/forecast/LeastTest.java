package io.afterlearner.feedback.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeastTest {
    /** So no value of three digits at which it holds is below what is said to be the least. */
    @ParameterizedTest
    @CsvSource({
        "0.3999, 0.4",
        "0.4, 0.4",
        "0.40001, 0.401",
        "0.1002, 0.101",
        "0.0501, 0.0501",
        "7.123, 7.13",
        "9.999, 10"
    })
    void theLeastHasThreeDigitsAndIsNotAboveOthers(double threshold, double least) {
        assertEquals(least, Least.digits(1e-4, 10, value -> value >= threshold));
    }

    @ParameterizedTest
    @CsvSource({"0.12345, 0.1234", "0.999, 0.9987"})
    void itIsNotAboveTheHighValue(double high, double threshold) {
        assertEquals(high, Least.digits(1e-4, high, value -> value >= threshold), 1e-4);
    }
}
