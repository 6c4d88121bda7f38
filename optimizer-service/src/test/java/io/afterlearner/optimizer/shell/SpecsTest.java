package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SpecsTest {

    @Test
    void invalidSpecsAreRefusedInOneLineThatNamesTheField() {
        refused(s -> s.getAleph().get(0).put("initial", List.of(0.0)), "aleph[0].initial must have one value for each");
        refused(s -> s.getAleph().get(0).put("low", 2.0), "w[0,0]");
        refused(
                s -> s.getAleph().get(0).put("shape", List.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 9)),
                "aleph[0].shape");
        refused(s -> s.getAleph().get(0).put("shape", List.of(-2, -2)), "aleph[0].shape");
        refused(s -> s.getAleph().get(0).put("kind", Kind.UNORDERED), "w[0,0]");
        refused(s -> s.put("aleph", List.of()), "aleph must have 1 to 100000 parameters, not 0");
        refused(s -> s.put("aleph", List.of(s.getAleph().get(0), s.getAleph().get(0))), "declared twice");
        refused(s -> s.getEvaluation().put("pool", "No Pool"), "No Pool");
        refused(s -> s.getEvaluation().put("timeoutMillis", 0L), "evaluation.timeoutMillis");
        refused(s -> s.getOptimizer().put("type", "Nobody"), "Nobody");
        refused(s -> s.getOptimizer().put("runs", 11), "optimizer.runs");
        refused(s -> s.put("study", "a b"), "study");
        refused(s -> s.getEvaluation().put("pool", "online"), "evaluation.pool cannot be online");
    }

    @Test
    void textsThatAreTooLongOrHaveEscapeCodesAreRefused() {
        refused(s -> s.put("name", "x".repeat(3_000_000)), "name has 3000000 characters; give at most 200");
        refused(s -> s.put("name", "a\u001B[31mred"), "name has the character U+001B at 1; use characters that can");
        refused(s -> s.put("name", "a\u202Eb"), "name has the character U+202E");
        refused(s -> s.put("name", "a\uD800"), "name has the character U+D800");
        refused(s -> s.getAleph().get(0).put("tensor", "w\n"), "aleph[0].tensor has the character U+000A");
        refused(s -> s.getLoss().put("settings", Map.of("k\u0007", "v")), "loss.settings has the character U+0007");
        refused(s -> s.getLoss().put("settings", Map.of("k", "x".repeat(10_001))), "loss.settings.k has 10001");
        StudySpec spec = Messages.spec("s", 10, 1);
        spec.put("name", "caf\u00e9 \uD83D\uDE00");
        spec.getLoss().put("settings", Map.of("code", "a\n\tb"));
        assertEquals(10, Specs.plan(spec).budget());
    }

    private static void refused(Consumer<StudySpec> change, String named) {
        StudySpec spec = Messages.spec("s", 10, 1);
        change.accept(spec);
        String line = assertThrows(IllegalArgumentException.class, () -> Specs.plan(spec))
                .getMessage();
        assertTrue(line.contains(named), line);
        assertTrue(!line.contains("\n"), line);
    }
}
