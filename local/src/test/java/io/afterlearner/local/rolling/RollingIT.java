package io.afterlearner.local.rolling;

import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All services are replaced, one process at a time, while an offline and an online study run: no result is lost, none is told twice,
 * and at each moment an instance of feedback answers. {@code -Dafterlearner.previous=FOLDER|REVISION} updates from that version to
 * this one and back.
 */
@Timeout(1_800)
class RollingIT {
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final int SOME = 20;
    /** Silences the broker in this JVM. A field, because the log manager drops loggers without references. */
    private static final Logger ROOT = Logger.getLogger("");

    @TempDir
    Path folder;

    private Fleet fleet;
    private Search search;
    private Clicks clicks;

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void aRollingUpdateLosesNothingTellsNothingTwiceAndAlwaysAssigns() throws Exception {
        ROOT.setLevel(Level.WARNING);
        TinyStudy.write(folder);
        fleet = new Fleet(folder);
        String given = given();
        if (given.isEmpty()) {
            fleet.createTopics();
            fleet.start(Release.current(), DELAY);
            begin();
            roll(Release.current(), FOR_EVER, fleet.oneOfEach());
            end();
            clicks.assertAnswersWhileItStops(fleet.feedback().get(1).process());
        } else {
            Release previous = Release.previous(given);
            fleet.start(previous, DELAY);
            begin();
            roll(Release.current(), DELAY, fleet.all());
            roll(previous, DELAY, fleet.all());
            end();
        }
    }

    /** The other version: a folder or a revision; empty for this version. */
    private static String given() throws IOException, InterruptedException {
        String given = System.getProperty("afterlearner.previous", "");
        return given.isEmpty() && Boolean.getBoolean("afterlearner.thorough") ? Release.latestTag() : given;
    }

    private void begin() throws Exception {
        search = new Search(
                fleet,
                spec(TinyStudy.YAML
                        .replace("budget: 60", "budget: 100000")
                        .replace("parallelism: 4", "parallelism: 2")));
        clicks = new Clicks(fleet, spec(TinyStudy.CLICKED));
        clicks.begin();
        goOn();
    }

    private void goOn() throws Exception {
        search.awaitTold(SOME);
        clicks.awaitClicks(SOME);
    }

    /** What is missing of the other version's topics is created first. */
    private void roll(Release release, Duration delay, List<Fleet.Instance> instances) throws Exception {
        System.out.println("rolling: to " + release.name());
        fleet.createTopics();
        fleet.roll(release, delay, instances);
        goOn();
    }

    private void end() throws Exception {
        System.out.printf("rolling: %d candidates told%n", search.assertAllTold());
        clicks.assertAllCounted();
    }

    private StudySpec spec(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("given.yaml"), yaml);
        return new Resolver(StudyFile.read(file.toString(), file, folder.resolve("downloads"))).spec();
    }
}
