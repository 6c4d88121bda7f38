package io.afterlearner.asktell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.asktell.catalogue.CatalogueProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizersTest {

    private record Provider(List<String> names) implements OptimizerProvider {
        @Override
        public Optimizer create(String name, Problem problem) {
            throw new UnsupportedOperationException();
        }
    }

    private static final OptimizerProvider OURS = new CatalogueProvider();

    @Test
    void everyProviderOnTheClassPathAddsItsNames() {
        OptimizerProvider theirs = new Provider(List.of("Theirs"));
        var all = Optimizers.byName(List.of(theirs, OURS));
        assertEquals(theirs, all.get("Theirs"));
        assertEquals(OURS, all.get("auto"));
        assertEquals(OURS, all.get("CMA"));
    }

    @Test
    void twoProvidersOfOneNameAreRefused() {
        OptimizerProvider theirs = new Provider(List.of("Theirs", "CMA"));
        Throwable refusal = assertThrows(IllegalStateException.class, () -> Optimizers.byName(List.of(OURS, theirs)));
        assertEquals(
                "optimizer CMA: provided by both io.afterlearner.asktell.catalogue.CatalogueProvider and"
                        + " io.afterlearner.asktell.OptimizersTest$Provider; remove one from the class path",
                refusal.getMessage());
    }

    @Test
    void withoutTheLibrarysOwnProviderTheErrorSaysHowToKeepIt() {
        Throwable refusal = assertThrows(IllegalStateException.class, () -> Optimizers.byName(List.of()));
        assertEquals(
                "optimizer auto: no io.afterlearner.asktell.OptimizerProvider on the class path has it;"
                        + " keep META-INF/services when you repackage the library",
                refusal.getMessage());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        Problem problem = Problem.of(new Space(List.of(new Parameter.Choice("x", 2, false, 0))), 10, 1, 1);
        Throwable refusal = assertThrows(IllegalArgumentException.class, () -> Optimizers.create("CMAES", problem));
        assertEquals("optimizer CMAES: unknown; use " + String.join(", ", Optimizers.names()), refusal.getMessage());
        assertEquals("auto", Optimizers.names().get(0));
    }
}
