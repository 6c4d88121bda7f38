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
    private static final Room GROUND = room("ground", Room.Floor.GROUND);
    private static final Room FIRST = room("first", Room.Floor.FIRST, "ground");
    private static final Room SERVICE = room("service", Room.Floor.SERVICE, "ground", "first");
    private static final Room OTHER = room("other", Room.Floor.SERVICE, "service");
    private static final String CORE = FIXTURE + ".service.core.*";

    private static Room room(String name, Room.Floor floor, String... sees) {
        return new Room(name, floor, FIXTURE + "." + name, List.of(sees));
    }

    @Test
    void anImportOfAHigherFloorIsReported() {
        assertEquals(
                List.of(FIXTURE + ".ground.ImportsUp imports " + FIXTURE + ".first.First"),
                ImportRules.betweenRooms(FIXTURES, List.of(GROUND, FIRST, SERVICE)));
    }

    @Test
    void anImportOfALowerFloorIsNotReported() {
        Room mayImport = room("ground", Room.Floor.TOP, "first");
        assertEquals(List.of(), ImportRules.betweenRooms(FIXTURES, List.of(mayImport, FIRST, SERVICE)));
    }

    @Test
    void aTableThatPointsUpIsReported() {
        assertEquals(List.of("other may not see service"), RoomRules.arrowsUp(List.of(GROUND, FIRST, SERVICE, OTHER)));
        Room climbing = room("first", Room.Floor.FIRST, "service", "absent");
        assertEquals(
                List.of("first may not see service", "first may not see absent"),
                RoomRules.arrowsUp(List.of(climbing, SERVICE, GROUND)).stream()
                        .filter(line -> line.startsWith("first"))
                        .toList());
        assertEquals(
                List.of("ground may not see base"),
                RoomRules.arrowsUp(
                        List.of(room("ground", Room.Floor.GROUND, "base"), room("base", Room.Floor.GROUND))));
    }

    @Test
    void aCoreThatImportsItsShellIsReported() {
        assertEquals(
                List.of(FIXTURE + ".service.core.Impure imports " + FIXTURE + ".service.shell.Shell"),
                ImportRules.betweenLayers(FIXTURES, new Layers(FIXTURE + ".service", List.of("core", "shell"))));
        assertEquals(
                List.of(),
                ImportRules.betweenLayers(FIXTURES, new Layers(FIXTURE + ".service", List.of("shell", "core"))));
    }

    @Test
    void anInnerPackageBelongsToItsOwnLayerAndNotToTheOneAbove() {
        Layers layers = new Layers("x", List.of("cli.bench", "cli"));
        assertEquals(0, layers.of("x.cli.bench.Loop"));
        assertEquals(1, layers.of("x.cli.Main"));
        assertEquals(-1, layers.of("x.stack.Stack"));
    }

    @Test
    void anImportOfAHiddenClassIsReported() {
        assertEquals(
                1,
                ImportRules.hidden(FIXTURES, new Hidden(".*\\.ImportsUp", List.of(".*\\.First")))
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
                ImportRules.library(FIXTURES, "java.time.*", List.of(FIXTURE + ".ground.*")));
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
