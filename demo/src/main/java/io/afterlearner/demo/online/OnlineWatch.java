package io.afterlearner.demo.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StudyProgress;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The last known state of the study, as the services report it. Prints news and a line of progress now and then. */
final class OnlineWatch {
    private static final int NEWS_EVERY_LOOKS = 3;
    private static final int LINE_EVERY_LOOKS = 10;

    private final Console console;
    private final Session session;
    private final String study;
    private final Shop shop;
    private final OnlineNews news;
    private final Rewards rewards = new Rewards();
    private @Nullable StudyProgress progress;
    private JsonNode standing = MissingNode.getInstance();
    private JsonNode champion = standing;
    private @Nullable Double revertedSeconds;
    private int looks;

    OnlineWatch(Console console, Session session, Shop shop, String study) {
        this.console = console;
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
        looks++;
        if (rewards.hasBegun() && looks % NEWS_EVERY_LOOKS == 0) {
            news.print(rewards.begunAtMillis());
        }
        if (rewards.hasBegun() && looks % LINE_EVERY_LOOKS == 0 && revertedSeconds == null) {
            console.aside(OnlineNews.line(rewards.seconds(), progress, standing, champion()));
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

    /** The champion as it is now. */
    OnlineCourse.Seen seen() {
        JsonNode measured = standing.path("champion");
        List<Double> values = StreamSupport.stream(champion.path("values").spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();
        return new OnlineCourse.Seen(
                champion(), values, number(measured.path("difference")), number(measured.path("differenceError")));
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : null;
    }
}
