package io.afterlearner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyIdTest {
    @TempDir
    Path folder;

    @Test
    void theTimeOfCreationDoesNotChangeTheId() throws IOException {
        StudySpec spec = resolve(TinyStudy.YAML);
        assertTrue(spec.getStudy().matches("tiny-[0-9a-f]{8}"), spec.getStudy());
        StudySpec later =
                StudySpec.newBuilder(spec).setCreatedAtMillis(1).setStudy("x").build();
        assertEquals(spec.getStudy(), StudyId.of(later));
    }

    @Test
    void aDeadlineIsRelativeToTheBeginning() throws IOException {
        StudySpec now = resolve(TinyStudy.ONLINE);
        OnlineSpec online = Objects.requireNonNull(now.getOnline());
        StudySpec later = StudySpec.newBuilder(now)
                .setCreatedAtMillis(now.getCreatedAtMillis() + 5_000)
                .setOnline(OnlineSpec.newBuilder(online)
                        .setDeadlineMillis(online.getDeadlineMillis() + 5_000)
                        .build())
                .build();
        String longer = TinyStudy.ONLINE.replace("after: 14d", "after: 15d");

        assertEquals(now.getStudy(), StudyId.of(later));
        assertNotEquals(now.getStudy(), resolve(longer).getStudy());
    }

    @Test
    void commentsAndTheOrderOfKeysDoNotChangeTheId() throws IOException {
        String other = "# mine\n" + TinyStudy.YAML.replace("name: tiny\n", "") + "name: tiny\n";
        assertEquals(resolve(TinyStudy.YAML).getStudy(), resolve(other).getStudy());
    }

    @Test
    void everythingThatAffectsTheOutcomeChangesTheId() throws IOException {
        String id = resolve(TinyStudy.YAML).getStudy();
        assertNotEquals(
                id, resolve(TinyStudy.YAML.replace("budget: 60", "budget: 61")).getStudy());
        assertNotEquals(
                id, resolve(TinyStudy.YAML.replace("seed: 1", "seed: 2")).getStudy());
        assertNotEquals(
                id, resolve(TinyStudy.YAML.replace("[-2, 2]", "[-2, 3]")).getStudy());
        String otherData = TinyStudy.YAML
                .replace("search: search.npz", "search: swap.npz")
                .replace("test: test.npz", "test: search.npz")
                .replace("swap.npz", "test.npz");
        assertNotEquals(id, resolve(otherData).getStudy());
    }

    @Test
    void latestFindsTheNewestIncarnationAndFreshTheNextFreeOne() {
        assertEquals("a", StudyId.latest("a", Set.of()));
        assertEquals("a", StudyId.latest("a", Set.of("a")));
        assertEquals("a-3", StudyId.latest("a", Set.of("a", "a-2", "a-3", "b-4")));
        assertEquals("a", StudyId.fresh("a", Set.of("b")));
        assertEquals("a-2", StudyId.fresh("a", Set.of("a")));
        assertEquals("a-4", StudyId.fresh("a", Set.of("a", "a-2", "a-3")));
    }

    private StudySpec resolve(String yaml) throws IOException {
        TinyStudy.write(folder);
        Path file = Files.writeString(folder.resolve("study.yaml"), yaml);
        return new Resolver(StudyFile.read("study.yaml", file, folder.resolve("downloads"))).spec();
    }
}
