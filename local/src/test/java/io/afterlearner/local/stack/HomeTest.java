package io.afterlearner.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path folder;

    @Test
    void aHintRepeatsWhatLeadsToTheStackQuotedForTheShell() {
        Home usual = Home.of(null);
        assertEquals("./afterlearner study show depth", usual.hint("study", "show", "depth"));
        assertEquals("./afterlearner status", Home.of(usual.folder()).hint("status"), "the option names the default");
        Path odd = folder.resolve("it's mine");
        String quoted = "'" + odd.toString().replace("'", "'\\''") + "'";
        assertEquals("./afterlearner down --home " + quoted, Home.of(odd).hint("down"));
        Home own = Home.of(odd).with(folder.resolve("k.properties"));
        assertEquals("./afterlearner status --home " + quoted, own.hint("status"), "it has no --kafka-config");
        assertEquals(
                "./afterlearner study watch '$(x)' --home " + quoted + " --kafka-config "
                        + folder.resolve("k.properties"),
                own.hint("study", "watch", "$(x)"));
    }

    @Test
    void oneStackAtATimeHoldsAHome() {
        Home home = new Home(folder);
        try (HomeLock first = HomeLock.tryHold(home).orElseThrow()) {
            assertNotNull(first);
            assertTrue(HomeLock.isHeld(home));
            assertTrue(HomeLock.tryHold(home).isEmpty());
        }
        assertFalse(HomeLock.isHeld(home));
    }

    /** As {@code status} does while a stack starts. */
    @Test
    void whoOnlyLooksAtTheLockDoesNotKeepAStackFromStarting() throws InterruptedException {
        Home home = new Home(folder);
        HomeLock looking = HomeLock.tryHold(home).orElseThrow();
        AtomicReference<Optional<HomeLock>> held = new AtomicReference<>(Optional.empty());
        Thread stack = new Thread(() -> held.set(HomeLock.hold(home)));
        stack.start();
        while (stack.isAlive() && stack.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
        looking.close();
        stack.join();
        held.get().orElseThrow().close();
    }

    @Test
    void aStateFileLeftByACrashIsNotARunningStack() {
        Home home = new Home(folder);
        home.create();
        StackState state = new StackState(
                ProcessHandle.current().pid(),
                true,
                0,
                "127.0.0.1:1",
                "http://127.0.0.1:2",
                null,
                "default",
                List.of());
        state.write(home);
        assertEquals(Optional.empty(), StackState.running(home));
        try (HomeLock lock = HomeLock.tryHold(home).orElseThrow()) {
            assertNotNull(lock);
            assertEquals(Optional.of(state), StackState.running(home));
        }
    }
}
