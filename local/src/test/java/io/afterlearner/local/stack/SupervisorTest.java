package io.afterlearner.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.archive.ClassArchive;
import io.afterlearner.local.stack.Supervisor.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisorTest {
    @TempDir
    Path folder;

    private Child child(String... command) {
        return new Child("child", 0, List.of(command), Map.of(), folder.resolve("child.log"));
    }

    @Test
    void aKilledChildStartsAgain() throws InterruptedException {
        try (Supervisor supervisor = Supervisor.start(child("sleep", "600"))) {
            supervisor.markReady();
            long first = supervisor.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            until(() -> supervisor.restarts() == 1);
            assertNotEquals(first, supervisor.pid());
            assertTrue(supervisor.failure().isEmpty());
        }
    }

    @Test
    void aChildThatNeverStartsIsGivenUpWithTheEndOfItsLog() throws InterruptedException {
        try (Supervisor supervisor = Supervisor.start(child("sh", "-c", "echo the port is taken; exit 3"))) {
            until(() -> supervisor.failure().isPresent());
            String failure = supervisor.failure().orElseThrow();
            assertTrue(failure.contains("exit code 3"), failure);
            assertTrue(failure.contains("the port is taken"), failure);
            assertEquals(Backoff.MAX_DEATHS_BEFORE_READY - 1, supervisor.restarts());
        }
    }

    @Test
    void closingEndsTheChildForGood() throws InterruptedException {
        Supervisor supervisor = Supervisor.start(child("sleep", "600"));
        ProcessHandle last = ProcessHandle.of(supervisor.pid()).orElseThrow();
        supervisor.close();
        assertFalse(last.isAlive());
        assertEquals(0, supervisor.restarts());
    }

    /** The archive of a real service takes up to 17 s on a busy machine; this child would take 10 minutes. */
    @Test
    void aUserWhoWaitsIsNotKeptByAClassArchive() throws InterruptedException {
        Child archiving = child("sh", "-c", "trap '' TERM; echo trapped; while :; do sleep 600; done");
        Supervisor supervisor = Supervisor.start(new Child(
                archiving.name(),
                archiving.port(),
                archiving.command(),
                archiving.environment(),
                archiving.log(),
                new ClassArchive(folder.resolve("child-1.jsa"), folder.resolve("child.unfinished"))));
        until(() -> LogTail.of(archiving.log()).contains("trapped"));
        Thread closing = new Thread(supervisor::close);
        long began = System.nanoTime();
        closing.start();
        supervisor.hurry();
        closing.join();
        long tookSeconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        assertTrue(tookSeconds < 20, "as long as a child that writes its archive may take: " + tookSeconds + " s");
        assertFalse(
                ProcessHandle.of(supervisor.pid()).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void aChildDiesWithItsParent() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(
                        java, "-cp", classPath, ParentWatch.class.getName(), Sleeps.class.getName(), "600000")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertFalse(process.waitFor(1, TimeUnit.SECONDS), "it must live as long as its parent");
        // The operating system does this to the pipes of a process that died.
        process.getOutputStream().close();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it must end when its parent is gone");
    }

    @Test
    void aChildThatRanForAWhileStartsOver() {
        Backoff backoff = new Backoff();
        for (int death = 1; death < Backoff.MAX_DEATHS; death++) {
            assertTrue(backoff.afterDeath(1_000, true) >= 0);
        }
        assertEquals(100, backoff.afterDeath(60_000, true));
        for (int death = 2; death < Backoff.MAX_DEATHS; death++) {
            assertTrue(backoff.afterDeath(1_000, true) <= 5_000);
        }
        assertEquals(-1, backoff.afterDeath(1_000, true));
    }

    /** Runs in a separate JVM. */
    static final class Sleeps {
        public static void main(String[] millis) throws InterruptedException {
            Thread.sleep(Long.parseLong(millis[0]));
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(10);
        }
    }
}
