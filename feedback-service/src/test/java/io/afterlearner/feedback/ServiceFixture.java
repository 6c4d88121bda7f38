package io.afterlearner.feedback;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service for all tests of a class. */
abstract class ServiceFixture {
    @TempDir
    static Path directory;

    static TestedService service;

    @BeforeAll
    static void start() throws Exception {
        service = new TestedService(directory);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }
}
