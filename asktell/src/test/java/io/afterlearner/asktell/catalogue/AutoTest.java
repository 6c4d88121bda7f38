package io.afterlearner.asktell.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.contract.Spaces;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of {@code auto} before any loss. */
class AutoTest {

    @ParameterizedTest
    @CsvSource({
        "6, 0, 0, 300, Adaptive",
        "0, 4, 0, 300, Adaptive",
        "200, 0, 0, 1000, Adaptive",
        "201, 0, 0, 1000, DiagonalCMA",
        "201, 0, 0, 40, OnePlusOne",
        "20, 0, 0, 20000, CMA",
        "0, 0, 12, 300, ScreenedOnePlusOne",
        "0, 0, 12, 20000, FastGADiscreteOnePlusOne",
        "4, 2, 4, 300, BO",
        "4, 2, 4, 301, OnePlusOne",
        "20, 0, 1, 400, Adaptive",
        "20, 5, 12, 300, OnePlusOne"
    })
    void itChoosesByKindsDimensionAndBudgetAndSaysWhy(
            int reals, int wholes, int choices, long budget, String expected) {
        List<Parameter> parameters =
                new ArrayList<>(Spaces.reals(Math.max(1, reals)).parameters().subList(0, reals));
        for (int i = 0; i < wholes; i++) {
            parameters.add(new Parameter.Int("w" + i, 0, 20, false, 3, Double.NaN));
        }
        if (choices > 0) {
            parameters.addAll(Spaces.choices(choices, 3, false).parameters());
        }
        Optimizers.Choice choice = Optimizers.choose("auto", Problem.of(new Space(parameters), budget, 8, 1));

        assertEquals(expected, choice.name());
        assertTrue(choice.why().length() > 20 && !choice.why().contains("\n"), choice.why());
    }

    @Test
    void oneNumberIsOneNumber() {
        String one = Optimizers.choose("auto", Problem.of(Spaces.reals(1), 300, 8, 1))
                .why();
        assertTrue(one.startsWith("1 number is few enough"), one);
        String two = Optimizers.choose("auto", Problem.of(Spaces.reals(2), 300, 8, 1))
                .why();
        assertTrue(two.startsWith("2 numbers are few enough"), two);
    }
}
