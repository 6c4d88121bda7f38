package io.afterlearner.demo.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StudyProgress;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The last known state of the study, as the services report it. Prints news and a line of progress now and then. */
final class OnlineWatch {
    private final Session session;
    private final String study;
    private final Shop shop;
    private final OnlineNews news;
    private final Rewards rewards = new Rewards();
    private @Nullable StudyProgress progress;
    private JsonNode standing = MissingNode.getInstance();
    private JsonNode champion = standing;
    private @Nullable Double revertedSeconds;

    OnlineWatch(Console console, Session session, Shop shop, String study) {
        this.session = session;
        this.study = study;
        this.shop = shop;
        news = new OnlineNews(console, session.topics(), study);
    }

    /** Asks all services. What one does not answer stays as it was. */
    void look() throws InterruptedException {
        progress = session.optimizer().progress(study).orElse(progress);
        standing = known(shop.standing(), standing);
        shop.tally().ifPresent(rewards::add);
        if (revertedSeconds == null) {
            champion = known(shop.arms().path("champion"), champion);
        }
        if (rewards.hasBegun()) {
            news.printNew(rewards.begunAtMillis());
            if (revertedSeconds == null) {
                news.printLine(rewards.seconds(), progress, standing, champion());
            }
        }
    }

    private static JsonNode known(JsonNode now, JsonNode before) {
        return now.isMissingNode() ? before : now;
    }

    /** Keeps the champion and the time from before the revert. */
    void reverted() {
        revertedSeconds = rewards.seconds();
    }

    double revertedSeconds() {
        return revertedSeconds == null ? rewards.seconds() : revertedSeconds;
    }

    Rewards rewards() {
        return rewards;
    }

    /** Unlimited until the optimizer has answered. */
    long budget() {
        return progress == null ? Long.MAX_VALUE : progress.budget();
    }

    /** Whether every candidate of the budget is told or failed. */
    boolean isSettled() {
        return standing.path("settled").asLong() >= budget();
    }

    /** Whether the feedback service has settled every candidate and starts no more duels. */
    boolean isSpent() {
        return standing.path("hold").asText().equals("SPENT");
    }

    long explored() {
        return standing.path("explored").asLong();
    }

    long champion() {
        return champion.path("number").asLong();
    }

    double[] championValues() {
        return StreamSupport.stream(champion.path("values").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
