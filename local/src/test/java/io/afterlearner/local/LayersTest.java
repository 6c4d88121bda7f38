package io.afterlearner.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final String ROOT = "io.afterlearner.local.";
    /** Lowest first: a package imports only packages before it. */
    private static final List<String> LAYERS = List.of(
            "stack",
            "cli.console",
            "cli.session",
            "cli.serving",
            "cli.study",
            "cli.retrofit",
            "cli.server",
            "cli.bench",
            "cli");

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.afterlearner.local");

    private static ArchRule importsNoneAbove(List<String> layers, int layer) {
        String[] above = layers.subList(layer + 1, layers.size()).stream()
                .map(name -> ROOT + name)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + layers.get(layer))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above);
    }

    private static ArchRule onlyIn(String place, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + place + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    @Test
    void importsPointDown() {
        for (int layer = 0; layer < LAYERS.size() - 1; layer++) {
            importsNoneAbove(LAYERS, layer).check(OURS);
        }
        slices().matching("io.afterlearner.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void eachLibraryHasItsPlace() {
        onlyIn("cli", "picocli..").check(OURS);
        onlyIn("stack", "io.afterlearner.embedded..", "org.apache.kafka..").check(OURS);
    }

    @Test
    void theRulesDetectViolations() {
        List<String> reversed = List.of("cli.session", "cli.console");
        assertThrows(AssertionError.class, () -> importsNoneAbove(reversed, 0).check(OURS));
        assertThrows(AssertionError.class, () -> onlyIn("stack", "picocli..").check(OURS));
    }
}
