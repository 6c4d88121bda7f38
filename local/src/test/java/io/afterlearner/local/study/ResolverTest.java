package io.afterlearner.local.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.afterlearner.local.TinyStudy;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.StudySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverTest {
    @TempDir
    Path folder;

    @Test
    void groupsHaveShapesInitialValuesAndBounds() throws IOException {
        List<AlephGroup> groups = resolve(TinyStudy.YAML).getAleph();
        assertEquals(List.of(), groups.get(0).getShape());
        assertEquals(List.of(1.0), groups.get(0).getInitial());
        assertEquals(0.5, groups.get(0).getLow());
        assertEquals(List.of(1), groups.get(1).getShape());
        assertEquals(List.of(0.0), groups.get(1).getInitial());
        assertEquals(0.3, groups.get(1).getStep());
    }

    @Test
    void anOpenLogScaleBeginsAboveZero() throws IOException {
        AlephGroup open = resolve(TinyStudy.YAML.replace("range: [0.5, 2], ", ""))
                .getAleph()
                .get(0);
        assertEquals(Double.MIN_NORMAL, open.getLow());
        assertNull(open.getHigh());
    }

    @Test
    void choicesAreIndexes() throws IOException {
        String yaml = TinyStudy.YAML.replace("range: [0.5, 2], log: true", "choices: [0.5, 1, 2], ordered: true");
        AlephGroup group = resolve(yaml).getAleph().get(0);
        assertEquals(Kind.ORDERED, group.getKind());
        assertEquals(List.of(1.0), group.getInitial());
        assertEquals(List.of(0.5, 1.0, 2.0), group.getChoices());
        assertNull(group.getLow());
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws IOException {
        String yaml = TinyStudy.YAML.substring(0, TinyStudy.YAML.indexOf("optimizer:"));
        StudySpec spec = resolve(yaml);
        assertEquals("auto", spec.getOptimizer().getType());
        assertEquals(300, spec.getOptimizer().getBudget());
        assertEquals(8, spec.getOptimizer().getParallelism());
        assertEquals(60_000, spec.getEvaluation().getTimeoutMillis());
        assertEquals("default", spec.getEvaluation().getPool());
    }

    private StudySpec resolve(String yaml) throws IOException {
        TinyStudy.write(folder);
        Path file = Files.writeString(folder.resolve("study.yaml"), yaml);
        return new Resolver(StudyFile.read("study.yaml", file), folder.resolve("downloads"))
                .resolve()
                .spec();
    }
}
