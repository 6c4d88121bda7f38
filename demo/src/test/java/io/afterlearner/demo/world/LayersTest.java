package io.afterlearner.demo.world;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
            .importPackages("io.afterlearner.demo.world");

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

    private static ArchRule knowsNothingOfAfterLearner(String name) {
        return noClasses()
                .that()
                .haveNameMatching(".*\\." + name + "(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAPackage("io.afterlearner..")
                        .and(not(resideInAPackage("io.afterlearner.demo.world.."))));
    }

    @Test
    void theShopsLogIsTheShopsOwn() {
        knowsNothingOfAfterLearner("PageLog").check(OURS);
    }

    @Test
    void theRulesBite() {
        assertThrows(
                AssertionError.class,
                () -> knowsNothingOfAfterLearner("ProductionServer").check(OURS));
        assertThrows(
                AssertionError.class, () -> seesOnlyHttp("ProductionServer").check(OURS));
    }
}
