package io.afterlearner.feedback;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final String ROOT = "io.afterlearner.feedback.";

    private static ArchRule pure(String... allowed) {
        return classes()
                .that()
                .resideInAPackage(ROOT + "core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }

    @Test
    void theCoreIsPure() {
        pure("java..", "org.jspecify..", ROOT + "core..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.afterlearner.feedback"));
    }

    @Test
    void theRuleBites() {
        ArchRule pure = pure("java..", "org.jspecify..", ROOT + "core..");
        // The core's own tests use JUnit.
        var tests = new ClassFileImporter().importPackages(ROOT + "core");
        assertThrows(AssertionError.class, () -> pure.check(tests));
    }
}
