package io.afterlearner.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the whole repository to the table of {@link Modules}. {@link RulesBiteTest} shows that each rule can fail. */
class ArchitectureTest {
    private static final String OURS = "io.afterlearner.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(Modules.ALL.stream().map(ArchitectureTest::compiled).toList());
    private static final Set<String> TESTS_ONLY = Set.of("architecture", "k8s", "k8s/images", "k8s/lab/containers");
    private static final List<Path> MAIN = SourceRules.sources(folders("src/main/java"));
    private static final List<Path> TESTS = SourceRules.sources(folders("src/test/java"));

    private static Path compiled(MavenModule module) {
        Path classes = Modules.repository().resolve(module.folder()).resolve("target/classes");
        assertTrue(Files.isDirectory(classes), () -> classes + " is missing; run ./mvnw -DskipTests package first");
        return classes;
    }

    private static List<Path> folders(String below) {
        return Modules.ALL.stream()
                .map(module -> Modules.repository().resolve(module.folder()).resolve(below))
                .toList();
    }

    private static void none(List<String> violations) {
        assertEquals(List.of(), violations, () -> String.join("\n", violations));
    }

    @Test
    void importsPointDown() {
        none(ImportRules.betweenModules(CLASSES, Modules.ALL));
    }

    @Test
    void noModuleSeesAHigherLayerAndNoServiceSeesAnother() {
        none(ModuleRules.arrowsUp(Modules.ALL));
    }

    @Test
    void theTableListsEveryModuleOfTheBuild() throws Exception {
        String build = Files.readString(Modules.repository().resolve("pom.xml"));
        List<String> built = Stream.of(build.split("<module>"))
                .skip(1)
                .map(rest -> rest.substring(0, rest.indexOf('<')))
                .filter(module -> !TESTS_ONLY.contains(module))
                .sorted()
                .toList();
        assertEquals(
                built, Modules.ALL.stream().map(MavenModule::folder).sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleKeepsItsClassesInItsOwnPackages(MavenModule module) {
        JavaClasses own = new ClassFileImporter().importPath(compiled(module));
        none(own.stream()
                .map(JavaClass::getName)
                .filter(name -> name.startsWith(OURS) && !module.holds(name))
                .toList());
    }

    static List<MavenModule> modules() {
        return Modules.ALL;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void insideAModuleImportsPointToLowerLayers(PackageLayers layers) {
        none(ImportRules.betweenLayers(CLASSES, layers));
    }

    static List<PackageLayers> layers() {
        return Modules.LAYERS;
    }

    /** The sums of a ratio's tally are those of its numerator alone. */
    @Test
    void onlyMetricsReadTheSumsOfATally() {
        String metrics = OURS + "feedback.core.metric";
        none(CLASSES.stream()
                .filter(type -> !type.getPackageName().equals(metrics))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().getName().equals(metrics + ".Tally")
                        && access.getTarget().getName().equals("sums"))
                .map(access -> access.getDescription() + ": use Metric.sums, which knows ratios")
                .toList());
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void someClassesStayHiddenFromOthers(Hidden hidden) {
        none(ImportRules.hidden(CLASSES, hidden));
        assertTrue(CLASSES.stream().anyMatch(type -> type.getName().matches(hidden.classes())));
    }

    static List<Hidden> hidden() {
        return Libraries.HIDDEN;
    }

    @ParameterizedTest
    @MethodSource("confined")
    void aConfinedPlaceImportsOnlyWhatItMay(Confined confined) {
        none(ImportRules.outside(CLASSES, confined.place(), confined.allowed()));
    }

    static List<Confined> confined() {
        return Libraries.CONFINED;
    }

    @ParameterizedTest
    @MethodSource("kept")
    void aLibraryIsUsedOnlyWhereItBelongs(Kept kept) {
        none(ImportRules.library(CLASSES, kept.library(), kept.places()));
    }

    static List<Kept> kept() {
        return Libraries.KEPT;
    }

    @ParameterizedTest
    @MethodSource("pure")
    void aCoreReadsNoClockAndDrawsNoRandomness(String place) {
        none(PurityRules.impureCalls(CLASSES, place));
    }

    static List<String> pure() {
        return Libraries.PURE;
    }

    @Test
    void packagesImportEachOtherInNoCircle() {
        none(ImportRules.circles(CLASSES, "io.afterlearner"));
    }

    @Test
    void noPackageIsCrowded() {
        none(SourceRules.crowdedPackages(MAIN));
    }

    @Test
    void noFileIsTooLong() {
        none(SourceRules.longFiles(MAIN));
        none(SourceRules.longFiles(TESTS));
    }

    @Test
    void everyRefusalSaysHowToFixIt() {
        none(SourceRules.missingFixes(MAIN));
    }

    @Test
    void everySettingIsChecked() {
        none(SettingRules.unchecked(MAIN));
    }

    @Test
    void everyPackageSaysWhatLivesThere() {
        none(SourceRules.unexplainedPackages(MAIN));
    }

    @Test
    void everythingWasRead() {
        assertFalse(CLASSES.isEmpty());
        assertEquals(
                Modules.ALL.stream().map(MavenModule::folder).collect(Collectors.toSet()),
                CLASSES.stream()
                        .flatMap(type -> Modules.of(type.getName()).stream())
                        .map(MavenModule::folder)
                        .collect(Collectors.toSet()));
    }
}
