package io.afterlearner.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule reports the fixtures that break it, and nothing else. */
class RulesBiteTest {
    private static final String FIXTURE = "io.afterlearner.architecture.fixture";
    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(FIXTURE);
    private static final MavenModule BASE = module("base", MavenModule.Layer.BASE);
    private static final MavenModule LIBRARY = module("library", MavenModule.Layer.LIBRARY, "base");
    private static final MavenModule SERVICE = module("service", MavenModule.Layer.SERVICE, "base", "library");
    private static final MavenModule OTHER = module("other", MavenModule.Layer.SERVICE, "service");
    private static final String CORE = FIXTURE + ".service.core.*";

    private static MavenModule module(String name, MavenModule.Layer layer, String... sees) {
        return new MavenModule(name, layer, FIXTURE + "." + name, List.of(sees), List.of());
    }

    @Test
    void anImportOfAHigherLayerIsReported() {
        assertEquals(
                List.of(FIXTURE + ".base.ImportsUp imports " + FIXTURE + ".library.Library"),
                ImportRules.betweenModules(FIXTURES, List.of(BASE, LIBRARY, SERVICE)));
    }

    @Test
    void anImportOfALowerLayerIsNotReported() {
        MavenModule mayImport = module("base", MavenModule.Layer.APPLICATION, "library");
        assertEquals(List.of(), ImportRules.betweenModules(FIXTURES, List.of(mayImport, LIBRARY, SERVICE)));
    }

    @Test
    void anApplicationImportsOfAServiceOnlyWhatItOpens() {
        MavenModule application = module("base", MavenModule.Layer.APPLICATION, "library");
        MavenModule service = module("library", MavenModule.Layer.SERVICE);
        List<String> reported = List.of(FIXTURE + ".base.ImportsUp imports " + FIXTURE + ".library.Library");
        assertEquals(reported, ImportRules.betweenModules(FIXTURES, List.of(application, service, SERVICE)));
        assertEquals(
                reported,
                ImportRules.betweenModules(FIXTURES, List.of(application, service.opening("Librar"), SERVICE)));
        assertEquals(
                List.of(),
                ImportRules.betweenModules(FIXTURES, List.of(application, service.opening("Library"), SERVICE)));
        assertEquals(List.of("base may not see library"), ModuleRules.arrowsUp(List.of(application, service)));
        assertEquals(List.of(), ModuleRules.arrowsUp(List.of(application, service.opening("Library"))));
    }

    @Test
    void aTableThatPointsUpIsReported() {
        assertEquals(
                List.of("other may not see service"), ModuleRules.arrowsUp(List.of(BASE, LIBRARY, SERVICE, OTHER)));
        MavenModule climbing = module("library", MavenModule.Layer.LIBRARY, "service", "absent");
        assertEquals(
                List.of("library may not see service", "library may not see absent"),
                ModuleRules.arrowsUp(List.of(climbing, SERVICE, BASE)).stream()
                        .filter(line -> line.startsWith("library"))
                        .toList());
        assertEquals(
                List.of("base may not see under"),
                ModuleRules.arrowsUp(List.of(
                        module("base", MavenModule.Layer.BASE, "under"), module("under", MavenModule.Layer.BASE))));
    }

    @Test
    void aCoreThatImportsItsShellIsReported() {
        assertEquals(
                List.of(FIXTURE + ".service.core.Impure imports " + FIXTURE + ".service.shell.Shell"),
                ImportRules.betweenLayers(FIXTURES, new PackageLayers(FIXTURE + ".service", List.of("core", "shell"))));
        assertEquals(
                List.of(),
                ImportRules.betweenLayers(FIXTURES, new PackageLayers(FIXTURE + ".service", List.of("shell", "core"))));
    }

    @Test
    void anInnerPackageBelongsToItsOwnLayerAndNotToTheOneAbove() {
        PackageLayers layers = new PackageLayers("x", List.of("cli.bench", "cli"));
        assertEquals(0, layers.of("x.cli.bench.Loop"));
        assertEquals(1, layers.of("x.cli.Main"));
        assertEquals(-1, layers.of("x.stack.Stack"));
    }

    @Test
    void anImportOfAHiddenClassIsReported() {
        assertEquals(
                1,
                ImportRules.hidden(FIXTURES, new Hidden(".*\\.ImportsUp", List.of(".*\\.Library")))
                        .size());
        assertEquals(List.of(), ImportRules.hidden(FIXTURES, new Hidden(".*\\.ImportsUp", List.of(".*\\.Shell"))));
    }

    @Test
    void anImportOutsideAConfinedPlaceIsReported() {
        List<String> violations = ImportRules.outside(FIXTURES, CORE, List.of("java.lang.*", "java.util.*"));
        assertEquals(2, violations.size(), violations::toString);
        assertTrue(violations.get(0).endsWith("service.shell.Shell"));
        assertTrue(violations.get(1).endsWith("java.time.Instant"));
        assertEquals(List.of(), ImportRules.outside(FIXTURES, CORE, List.of("java.*", FIXTURE + ".service.*")));
    }

    @Test
    void aLibraryOutsideItsPlaceIsReported() {
        assertEquals(
                List.of(FIXTURE + ".service.core.Impure imports java.time.Instant"),
                ImportRules.library(FIXTURES, "java.time.*", List.of(FIXTURE + ".base.*")));
        assertEquals(List.of(), ImportRules.library(FIXTURES, "java.time.*", List.of(CORE)));
    }

    @Test
    void everyClockAndEveryUnseededGeneratorInACoreIsReported() {
        List<String> violations = PurityRules.impureCalls(FIXTURES, CORE);
        for (String call : List.of(
                "currentTimeMillis()",
                "nanoTime()",
                "Instant.now()",
                "randomUUID()",
                "Random.nextInt()",
                "SplittableRandom.<init>()",
                "util.Random.<init>(long)")) {
            assertTrue(violations.stream().anyMatch(line -> line.contains(call)), () -> call + " in " + violations);
        }
        assertTrue(violations.stream().noneMatch(line -> line.contains("SplittableRandom.<init>(long)")));
    }

    @Test
    void aCircleOfPackagesIsReported() {
        List<String> circles = ImportRules.circles(FIXTURES, FIXTURE);
        assertEquals(1, circles.size());
        assertTrue(circles.get(0).contains("circle.one") && circles.get(0).contains("circle.two"));
    }

    @Test
    void aCrowdedPackageIsReported(@TempDir Path folder) throws IOException {
        for (int i = 0; i < SourceRules.MAX_FILES_PER_PACKAGE; i++) {
            Files.writeString(folder.resolve("C" + i + ".java"), "class C" + i + " {}\n");
        }
        assertEquals(List.of(), SourceRules.crowdedPackages(SourceRules.sources(List.of(folder))));
        Files.writeString(folder.resolve("OneMore.java"), "class OneMore {}\n");
        assertEquals(
                1,
                SourceRules.crowdedPackages(SourceRules.sources(List.of(folder)))
                        .size());
    }

    @Test
    void aLongFileIsReported(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("Long.java");
        Files.writeString(file, "//\n".repeat(SourceRules.MAX_LINES_PER_FILE));
        assertEquals(List.of(), SourceRules.longFiles(List.of(file)));
        Files.writeString(file, "//\n".repeat(SourceRules.MAX_LINES_PER_FILE + 1));
        assertEquals(1, SourceRules.longFiles(List.of(file)).size());
    }

    @Test
    void aRefusalWithoutAFixIsReported(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("C.java");
        for (String bad : List.of(
                "throw new DataException(file + \" is bad\", \"\");",
                "throw new AlephException(\n        \"is (bad)\", \"\", e);",
                "throw at.error(\"is bad\", \"\");")) {
            Files.writeString(file, bad);
            assertEquals(1, SourceRules.missingFixes(List.of(file)).size(), bad);
        }
        Files.writeString(file, "throw new DataException(\"\", \"is bad\", \"correct it\", e);\nf(\"\", \"\");");
        assertEquals(List.of(), SourceRules.missingFixes(List.of(file)));
    }

    @Test
    void aSettingWithoutARangeIsReported(@TempDir Path folder) throws IOException {
        Path reader = Files.writeString(folder.resolve("C.java"), """
            String NAME = "afterlearner.a.named";
            C(@ConfigProperty(name = NAME) int named, @ConfigProperty(name = "afterlearner.a.literal") int literal) {}
            """);
        Path mapping = Files.writeString(folder.resolve("M.java"), """
            @ConfigMapping(prefix = "afterlearner.m")
            interface M {
                OptionalInt maxBytes();
            }
            """);
        List<Path> sources = List.of(reader, mapping);
        assertEquals(3, SettingRules.unchecked(sources).size());
        Path ranges = Files.writeString(folder.resolve("R.java"), """
            String PREFIX = "afterlearner.m.";
            Setting.whole(C.NAME, 1, 2), Setting.text("afterlearner.a.literal"), Setting.whole(PREFIX + "max-bytes", 1, 2)
            """);
        assertEquals(List.of(), SettingRules.unchecked(List.of(reader, mapping, ranges)));
    }

    @Test
    void aPackageWithoutASentenceOrWithoutNullMarkedIsReported(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("C.java"), "class C {}\n");
        assertEquals(1, SourceRules.unexplainedPackages(List.of(file)).size());
        Path info = folder.resolve("package-info.java");
        Files.writeString(info, "@NullMarked package x;\n");
        assertEquals(1, SourceRules.unexplainedPackages(List.of(file)).size());
        Files.writeString(info, "/** Numbers only. */\npackage x;\n");
        assertEquals(1, SourceRules.unexplainedPackages(List.of(file)).size());
        Files.writeString(info, "/** Numbers only. */\n@NullMarked package x;\n");
        assertEquals(List.of(), SourceRules.unexplainedPackages(List.of(file)));
    }
}
