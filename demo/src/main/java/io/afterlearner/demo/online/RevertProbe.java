package io.afterlearner.demo.online;

import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.Reverting;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.schemas.Arms;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Measures how long a revert takes, as a user of the production server sees it. */
record RevertProbe(Shop shop, Reverting reverting) {
    private static final int PROBES = 200;
    private static final Duration REVERT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(1);

    /** Reverts the study. Null if all users were served ℵ₀ already. */
    @Nullable
    Revert measured(String study) throws InterruptedException {
        String user = served();
        CompletableFuture<Long> back = user == null ? null : CompletableFuture.supplyAsync(() -> backAtMillis(user));
        long ordered = System.currentTimeMillis();
        Optional<Arms> record = reverting.revert(study, "the demo ends");
        if (back == null || record.isEmpty()) {
            return null;
        }
        try {
            long seen = back.join();
            return new Revert(seen - ordered, seen - record.get().getAtMillis());
        } catch (CompletionException e) {
            throw new StackException("the revert was not seen: " + e.getMessage(), e);
        }
    }

    /** A user who is not served ℵ₀; null if none is found. */
    private @Nullable String served() throws InterruptedException {
        for (int i = 0; i < PROBES; i++) {
            if (shop.rank("probe-" + i).path("candidate").asLong() > 0) {
                return "probe-" + i;
            }
        }
        return null;
    }

    private long backAtMillis(String user) {
        try {
            if (!Poll.untilTrue(
                    REVERT_TIMEOUT,
                    LOOK_EVERY,
                    () -> shop.rank(user).path("candidate").asLong(-1) == 0)) {
                throw new StackException("it took more than " + REVERT_TIMEOUT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return System.currentTimeMillis();
    }
}
