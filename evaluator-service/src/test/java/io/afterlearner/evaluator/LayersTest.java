package io.afterlearner.evaluator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.afterlearner.evaluator.core.Answer;
import io.afterlearner.evaluator.shell.Evaluators;
import org.junit.jupiter.api.Test;

/** Imports point down: api to shell to scoring to core; core needs the JDK alone. */
class LayersTest {
    private static final String ROOT = "io.afterlearner.evaluator";

    private static final ArchRule CORE_IS_PURE = core(ROOT + ".core..");

    private static final ArchRule SHELL_KNOWS_NO_API = noClasses()
            .that()
            .resideInAPackage(ROOT + ".shell..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".api..", "io.quarkus..", "jakarta..", "org.eclipse.microprofile..");

    private static final ArchRule SCORING_KNOWS_NO_KAFKA = noClasses()
            .that()
            .resideInAPackage(ROOT + ".scoring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".shell..", ROOT + ".api..", "org.apache.kafka..", "io.quarkus..");

    private static final ArchRule NO_OTHER_SERVICE = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.afterlearner.optimizer..", "io.afterlearner.feedback..", "io.afterlearner.local..");

    private final JavaClasses ours = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static ArchRule core(String where) {
        return classes()
                .that()
                .resideInAPackage(where)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + ".core..", "java..", "org.jspecify.annotations..");
    }

    @Test
    void importsPointDown() {
        assertTrue(ours.contain(Answer.class) && ours.contain(Evaluators.class));
        CORE_IS_PURE.check(ours);
        SHELL_KNOWS_NO_API.check(ours);
        SCORING_KNOWS_NO_KAFKA.check(ours);
        NO_OTHER_SERVICE.check(ours);
    }

    @Test
    void theRuleOfTheCoreBites() {
        // The shell, held to the core's rule, must fail it: it uses Kafka.
        assertFalse(core(ROOT + ".shell..").evaluate(ours).getFailureReport().isEmpty());
    }

    @Test
    void theRuleOfTheShellBites() {
        ArchRule shell = noClasses()
                .that()
                .resideInAPackage(ROOT + ".api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..");
        assertTrue(shell.evaluate(ours).hasViolation());
    }
}
