package io.afterlearner.feedback.shell.topology;

import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.Specs;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.StudySpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A topology for each test, closed after it. */
abstract class TopologyFixture {
    static final long WINDOW_MILLIS = 2_000;
    /** A study whose exposures ripen when the test says so. */
    static final StudySpec SPEC = Specs.study("s", WINDOW_MILLIS, 100, List.of());

    @TempDir
    private Path directory;

    TestedTopology topology;

    @BeforeEach
    void start() {
        topology = new TestedTopology(directory);
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    /** Creates the study and asks its first candidate. */
    void createWithACandidate() {
        topology.create(SPEC);
        topology.send(Specs.asked("s", 1, 0.5));
    }

    /** Another instance takes over the stores of the one that ran. */
    void restart(StudySpec spec) {
        TestedTopology before = topology;
        topology = new TestedTopology(directory.resolve("another"));
        topology.passes(before.nowMillis - topology.nowMillis);
        topology.restore(before);
        before.close();
        topology.studies.put(spec);
    }

    /** An exposure of the candidate. */
    Assignment exposed(String id) {
        return topology.exposed("s", id, Arm.EXPLORE, 1, WINDOW_MILLIS);
    }
}
