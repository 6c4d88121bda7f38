package io.afterlearner.asktell;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final ArchRule PLAIN = classes()
            .that()
            .resideInAPackage("io.afterlearner.asktell..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang..", "java.util..", "org.jspecify..", "io.afterlearner.asktell..");

    @Test
    void theLibraryUsesNothingButTheLanguage() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.afterlearner.asktell");
        PLAIN.check(ours);
    }

    @Test
    void theRuleBites() {
        assertTrue(PLAIN.evaluate(new ClassFileImporter().importClasses(Offender.class))
                .hasViolation());
    }

    /** Reads a file, as nothing in the library may. */
    private static final class Offender {
        @Override
        public String toString() {
            return java.nio.file.Path.of("x").toString();
        }
    }
}
