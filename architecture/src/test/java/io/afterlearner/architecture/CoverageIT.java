package io.afterlearner.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.Test;

/**
 * Prints how many lines of each module its own tests ran. Child processes are not measured, so what only they run, as in the
 * services' shells, counts as not covered.
 */
class CoverageIT {
    private static final Path REPOSITORY = Modules.repository();

    @Test
    void printsTheCoverageOfEachModule() throws IOException {
        List<String> table = new ArrayList<>();
        for (MavenModule module : Modules.ALL) {
            covered(module).ifPresent(lines -> table.add(row(module, lines)));
        }
        assertTrue(!table.isEmpty(), "no module has a target/jacoco.exec; run ./mvnw verify");
        System.out.println("Lines covered by the tests of each module\n" + String.join("\n", table));
    }

    @Test
    void aModuleWithoutTestRunsHasNoFigure() throws IOException {
        assertEquals(
                Optional.empty(),
                covered(new MavenModule("docs", MavenModule.Layer.BASE, "none", List.of(), List.of())));
    }

    private static Optional<ICounter> covered(MavenModule module) throws IOException {
        Path target = REPOSITORY.resolve(module.folder()).resolve("target");
        Path run = target.resolve("jacoco.exec");
        if (!Files.exists(run)) {
            return Optional.empty();
        }
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(run.toFile());
        CoverageBuilder builder = new CoverageBuilder();
        new Analyzer(loader.getExecutionDataStore(), builder)
                .analyzeAll(target.resolve("classes").toFile());
        return Optional.of(builder.getBundle(module.folder()).getLineCounter());
    }

    private static String row(MavenModule module, ICounter lines) {
        return String.format(
                Locale.ROOT,
                "  %-18s %5.1f %%  (%d of %d)",
                module.folder(),
                100 * lines.getCoveredRatio(),
                lines.getCoveredCount(),
                lines.getTotalCount());
    }
}
