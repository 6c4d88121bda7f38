package io.afterlearner.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.operator.resource.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * What the operator asks the API server does not grow with the number of Studies where nothing happens. {@code -Dafterlearner.studies=1000}
 * tries more of them and prints figures.
 */
class ManyStudiesTest extends OnMockServer {
    private static final int MANY = Integer.getInteger("afterlearner.studies", 20);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** A list and a watch, and what a reconnect repeats. */
    private static final int OF_A_START = 6;

    private void awaitAll() {
        long unused = Waiting.until(PATIENCE, () -> operator.studies(Phase.RUNNING), seen -> seen == MANY);
    }

    /** Until the optimizer has been asked several times. */
    private int requestsAtRest() {
        awaitLists();
        int before = server.getRequestCount();
        awaitLists();
        return server.getRequestCount() - before;
    }

    private void awaitLists() {
        int from = optimizer.lists.get();
        int unused = Waiting.until(PATIENCE, optimizer.lists::get, lists -> lists >= from + 10);
    }

    @Test
    void atRestAndAfterARestartNothingIsWritten() throws IOException {
        operator.close();
        for (int i = 0; i < MANY; i++) {
            create(client, StudyYaml.of("many-" + i, folder));
        }
        operator = operator();
        int before = server.getRequestCount();
        Instant from = Instant.now();
        operator.start();
        awaitAll();
        say("created and mirrored", from, before);
        assertEquals(MANY, optimizer.studies.size());
        assertEquals(0, requestsAtRest(), "requests at rest");

        operator.close();
        before = server.getRequestCount();
        from = Instant.now();
        operator = operator();
        operator.start();
        awaitAll();
        awaitLists();
        say("found again", from, before);
        int ofStart = server.getRequestCount() - before;
        assertTrue(ofStart <= OF_A_START, ofStart + " requests after a restart");
    }

    private void say(String what, Instant from, int before) {
        if (MANY > 20) {
            System.out.printf(
                    "%d Studies %s: %d ms, %d requests%n",
                    MANY, what, Duration.between(from, Instant.now()).toMillis(), server.getRequestCount() - before);
        }
    }
}
