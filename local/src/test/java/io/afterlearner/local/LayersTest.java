package io.afterlearner.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final String ROOT = "io.afterlearner.local.";
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.afterlearner.local");

    private static ArchRule only(String below, String... above) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy(ROOT + "cli..")
                .layer("stack")
                .definedBy(ROOT + "stack..")
                .whereLayer(below)
                .mayOnlyBeAccessedByLayers(above);
    }

    private static ArchRule nobodyElse(String place, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + place + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    @Test
    void importsPointDown() {
        only("stack", "cli").check(OURS);
    }

    @Test
    void eachLibraryHasItsPlace() {
        nobodyElse("cli", "picocli..").check(OURS);
        nobodyElse("stack", "io.afterlearner.kafka..", "org.apache.kafka..").check(OURS);
    }

    @Test
    void theRulesBite() {
        assertThrows(AssertionError.class, () -> only("cli", "stack").check(OURS));
        assertThrows(
                AssertionError.class, () -> nobodyElse("stack", "picocli..").check(OURS));
    }
}
