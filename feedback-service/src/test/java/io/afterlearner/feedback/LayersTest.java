package io.afterlearner.feedback;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final String ROOT = "io.afterlearner.feedback.";
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.afterlearner.feedback");

    private static final ArchRule DOWNWARDS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy(ROOT + "api..")
            .layer("shell")
            .definedBy(ROOT + "shell..")
            .layer("core")
            .definedBy(ROOT + "core..")
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("shell")
            .mayOnlyBeAccessedByLayers("api");

    private static ArchRule pure(String place) {
        return classes()
                .that()
                .resideInAPackage(ROOT + place + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", ROOT + place + "..");
    }

    @Test
    void importsPointDown() {
        DOWNWARDS.check(OURS);
    }

    @Test
    void theCoreIsPure() {
        pure("core").check(OURS);
    }

    @Test
    void theRulesBite() {
        assertThrows(AssertionError.class, () -> pure("shell").check(OURS));
        ArchRule upsideDown = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("shell")
                .definedBy(ROOT + "shell..")
                .layer("core")
                .definedBy(ROOT + "core..")
                .whereLayer("core")
                .mayNotBeAccessedByAnyLayer();
        assertThrows(AssertionError.class, () -> upsideDown.check(OURS));
    }
}
