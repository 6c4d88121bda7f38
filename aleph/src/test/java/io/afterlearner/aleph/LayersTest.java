package io.afterlearner.aleph;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final ArchRule GROUND_FLOOR = ArchRuleDefinition.classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.lang..",
                    "java.math..",
                    "java.nio..",
                    "java.security..",
                    "java.util..",
                    "java.net",
                    "io.afterlearner.aleph..",
                    "org.jspecify..",
                    "com.google.protobuf..",
                    "ai.onnx.proto..",
                    "ai.onnxruntime..",
                    "org.apache.commons.text..")
            .because("aleph is a plain library: no Kafka, no Quarkus, nothing of ours");

    @Test
    void alephDependsOnNothingButOnnx() {
        GROUND_FLOOR.check(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.afterlearner.aleph"));
    }

    @Test
    void theRuleBites() {
        JavaClasses offender = new ClassFileImporter().importClasses(LayersTest.class);
        assertThrows(AssertionError.class, () -> GROUND_FLOOR.check(offender));
    }
}
