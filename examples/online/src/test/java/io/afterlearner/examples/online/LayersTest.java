package io.afterlearner.examples.online;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.afterlearner.examples.online");

    private static ArchRule seesOnlyHttp(String names) {
        return noClasses()
                .that()
                .haveNameMatching(".*\\.(" + names + ")(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.afterlearner.client..",
                        "io.afterlearner.schemas..",
                        "io.afterlearner.aleph..",
                        "org.apache.kafka..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.(Ranker|Scores|ProductionServer|Truth)");
    }

    @Test
    void usersSeeNothingButHttp() {
        seesOnlyHttp("Users|Clicks|Taste|Tally").check(OURS);
    }

    @Test
    void theRuleBites() {
        assertThrows(
                AssertionError.class, () -> seesOnlyHttp("ProductionServer").check(OURS));
    }
}
