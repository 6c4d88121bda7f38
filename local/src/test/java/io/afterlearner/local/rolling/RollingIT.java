package io.afterlearner.local.rolling;

import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final String PREVIOUS = System.getProperty("afterlearner.previous", "");
    private static final int SOME = 50;
    /** Silences the broker in this JVM. A field, because the log manager drops loggers without references. */
    private static final Logger ROOT = Logger.getLogger("");

    @TempDir
    Path folder;

    private Fleet fleet;

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void aRollingUpdateLosesNothingTellsNothingTwiceAndAlwaysAssigns() throws Exception {
        ROOT.setLevel(Level.WARNING);
        TinyStudy.write(folder);
        Release current = Release.current();
        Release previous = PREVIOUS.isEmpty() ? current : Release.previous(PREVIOUS);
        fleet = new Fleet(folder);
        if (PREVIOUS.isEmpty()) {
            fleet.createTopics();
        }
        fleet.start(previous);
        Search search = new Search(fleet, spec(TinyStudy.YAML.replace("budget: 60", "budget: 100000")));
        Clicks clicks = new Clicks(fleet, spec(TinyStudy.CLICKED));
        clicks.begin();
        search.awaitTold(SOME);
        clicks.awaitClicks(SOME);
        roll(current);
        if (!PREVIOUS.isEmpty()) {
            search.awaitTold(SOME);
            clicks.awaitClicks(SOME);
            roll(previous);
        }
        search.awaitTold(SOME);
        clicks.awaitClicks(SOME);
        System.out.printf("rolling: %d candidates told%n", search.assertAllTold());
        clicks.assertAllCounted();
    }

    private void roll(Release release) throws IOException, InterruptedException {
        fleet.createTopics();
        System.out.println("rolling: to " + release.name());
        fleet.roll(release);
    }

    private StudySpec spec(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("given.yaml"), yaml);
        return new Resolver(StudyFile.read(file.toString(), file, folder.resolve("downloads"))).spec();
    }
}
