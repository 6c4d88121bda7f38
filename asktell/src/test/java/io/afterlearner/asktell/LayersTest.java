package io.afterlearner.asktell;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {
    private static final String ROOT = "io.afterlearner.asktell";

    /** Each row may import the rows above it and nothing else of the library. Packages of one row do not import each other. */
    private static final List<List<String>> LAYERS = List.of(
            List.of(ROOT, ROOT + ".math"),
            List.of(ROOT + ".code", ROOT + ".coordinates"),
            List.of(ROOT + ".search"),
            List.of(ROOT + ".design", ROOT + ".ledger", ROOT + ".pareto", ROOT + ".preference"),
            List.of(
                    ROOT + ".mutation",
                    ROOT + ".population",
                    ROOT + ".strategy",
                    ROOT + ".quadratic",
                    ROOT + ".process"),
            List.of(ROOT + ".catalogue"));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final ArchRule PLAIN = classes()
            .that()
            .resideInAPackage(ROOT + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang..", "java.util..", "org.jspecify..", ROOT + "..");

    @Test
    void theLibraryUsesOnlyTheLanguage() {
        PLAIN.check(OURS);
    }

    @Test
    void importsPointToLowerLayersOnly() {
        layerRules().forEach(rule -> rule.check(OURS));
    }

    @Test
    void everyPackageHasALayer() {
        List<String> known = LAYERS.stream().flatMap(List::stream).toList();
        OURS.forEach(ours -> assertTrue(known.contains(ours.getPackageName()), ours.getName()));
    }

    @Test
    void noPackageHoldsMoreThan25Files() {
        LAYERS.stream().flatMap(List::stream).forEach(name -> {
            long files = OURS.stream()
                    .filter(ours ->
                            ours.isTopLevelClass() && ours.getPackageName().equals(name))
                    .count();
            assertTrue(files <= 25, name + " has " + files + " files");
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {ReadsAFile.class, ImportsTheLayerAbove.class})
    void theRulesBite(Class<?> offender) {
        JavaClasses imported = new ClassFileImporter().importClasses(offender);
        assertTrue(Stream.concat(Stream.of(PLAIN), layerRules())
                .anyMatch(rule -> rule.evaluate(imported).hasViolation()));
    }

    private static Stream<ArchRule> layerRules() {
        return IntStream.range(0, LAYERS.size())
                .boxed()
                .flatMap(row -> LAYERS.get(row).stream()
                        .map(name -> noClasses()
                                .that()
                                .resideInAPackage(name)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(LAYERS.subList(row, LAYERS.size()).stream()
                                        .flatMap(List::stream)
                                        .filter(other -> !other.equals(name))
                                        .toArray(String[]::new))
                                .allowEmptyShould(true)));
    }

    private static final class ReadsAFile {
        @Override
        public String toString() {
            return java.nio.file.Path.of("x").toString();
        }
    }

    /** Lives in the package of the API. */
    private static final class ImportsTheLayerAbove {
        @Override
        public String toString() {
            return new io.afterlearner.asktell.catalogue.CatalogueProvider()
                    .names()
                    .toString();
        }
    }
}
