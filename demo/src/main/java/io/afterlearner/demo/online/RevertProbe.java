package io.afterlearner.demo.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.local.stack.Reverting;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.schemas.Arms;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How long a revert takes, as a user of the production server sees it. */
final class RevertProbe {
    private static final int PROBES = 200;
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Shop shop;
    private final Reverting reverting;

    RevertProbe(Shop shop, Reverting reverting) {
        this.shop = shop;
        this.reverting = reverting;
    }

    /** Reverts and looks how long it took; null where nobody was served anything but ℵ₀. */
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

    /** Somebody who is served something else than ℵ₀. */
    private @Nullable String served() throws InterruptedException {
        for (int i = 0; i < PROBES; i++) {
            JsonNode page = shop.rank("probe-" + i);
            if (page.path("candidate").asLong() > 0) {
                return "probe-" + i;
            }
        }
        return null;
    }

    private long backAtMillis(String user) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        try {
            while (shop.rank(user).path("candidate").asLong(-1) != 0) {
                if (System.nanoTime() > deadline) {
                    throw new StackException("nothing happened within " + WITHIN.toSeconds() + " s");
                }
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return System.currentTimeMillis();
    }
}
