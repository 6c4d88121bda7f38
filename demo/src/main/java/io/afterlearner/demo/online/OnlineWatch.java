package io.afterlearner.demo.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.afterlearner.demo.report.OnlineResult.Sample;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.local.stack.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Looks at the running demo now and then, says how it goes, and remembers what it saw. */
final class OnlineWatch {
    private static final long SAY_NANOS = 10_000_000_000L;
    private static final long NEWS_NANOS = 3_000_000_000L;
    /** A mean of fewer says little. */
    private static final int FEWEST_VISITS = 20;

    /** Visits to an arm, and what they were truly worth. */
    private record Sum(double visits, double worth) {
        Sum minus(Sum other) {
            return new Sum(visits - other.visits, worth - other.worth);
        }

        Sum plus(Sum other) {
            return new Sum(visits + other.visits, worth + other.worth);
        }

        double mean() {
            return worth / visits;
        }
    }

    private static final Sum NONE = new Sum(0, 0);

    private final Shop shop;
    private final Console console;
    private final OnlineNews news;
    private final List<Sample> samples = new ArrayList<>();
    private Map<String, Sum> tally = new TreeMap<>();
    private double users = 1;
    private JsonNode standing = MissingNode.getInstance();
    private JsonNode champion = standing;
    private long begunNanos = System.nanoTime();
    private long begunAtMillis = System.currentTimeMillis();
    private long saidNanos = begunNanos;
    private long newsNanos = begunNanos;
    private @Nullable Double revertedSeconds;

    OnlineWatch(Console console, Shop shop, TopicReader topics, String study) {
        this.console = console;
        this.shop = shop;
        news = new OnlineNews(console, topics, study);
    }

    /** @param view of the optimizer; null while it does not answer */
    void look(@Nullable StudyProgress view) throws InterruptedException {
        standing = known(shop.standing(), standing);
        if (revertedSeconds == null) {
            champion = known(shop.arms().path("champion"), champion);
        }
        JsonNode now = shop.tally();
        users = now.path("users").asDouble(users);
        sample(sums(now.path("arms")));
        if (tally.isEmpty()) {
            return;
        }
        if (System.nanoTime() - newsNanos > NEWS_NANOS) {
            newsNanos = System.nanoTime();
            news.tell(begunAtMillis);
        }
        if (System.nanoTime() - saidNanos > SAY_NANOS && revertedSeconds == null) {
            saidNanos = System.nanoTime();
            console.aside(OnlineNews.line(seconds(), view, standing, champion()));
        }
    }

    private static JsonNode known(JsonNode now, JsonNode before) {
        return now.isMissingNode() ? before : now;
    }

    /** By arm, whatever the phase. */
    private static Map<String, Sum> sums(JsonNode arms) {
        Map<String, Sum> sums = new TreeMap<>();
        arms.properties().forEach(e -> {
            Sum sum = new Sum(
                    e.getValue().path("visits").asDouble(),
                    e.getValue().path("worth").asDouble());
            sums.put(e.getKey(), sum);
        });
        return sums;
    }

    private static Sum of(Map<String, Sum> sums, String arm) {
        return sums.entrySet().stream()
                .filter(e -> e.getKey().contains(arm))
                .map(Map.Entry::getValue)
                .reduce(NONE, Sum::plus);
    }

    private void sample(Map<String, Sum> now) {
        if (now.isEmpty()) {
            return;
        }
        if (tally.isEmpty()) {
            begunNanos = System.nanoTime();
            begunAtMillis = System.currentTimeMillis();
        }
        samples.add(new Sample(seconds(), since(now, "CONTROL"), since(now, "CHAMPION"), since(now, "EXPLORE")));
        tally = now;
    }

    private double since(Map<String, Sum> now, String arm) {
        Sum more = of(now, arm).minus(of(tally, arm));
        return more.visits() < FEWEST_VISITS ? Double.NaN : more.mean();
    }

    /** From now on everybody is on ℵ₀; how things stood before is remembered. */
    void reverted() {
        revertedSeconds = seconds();
    }

    double revertedSeconds() {
        return revertedSeconds == null ? seconds() : revertedSeconds;
    }

    long begunAtMillis() {
        return begunAtMillis;
    }

    double seconds() {
        return (System.nanoTime() - begunNanos) / 1e9;
    }

    long settled() {
        return standing.path("settled").asLong();
    }

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

    double users() {
        return users;
    }

    double visits() {
        return tally.values().stream().mapToDouble(Sum::visits).sum();
    }

    double exploredVisits() {
        return of(tally, "EXPLORE").visits();
    }

    /** What explored units were truly worth less than control's, in both phases. */
    double lost() {
        double lost = 0;
        for (String phase : List.of("before ", "after ")) {
            Sum explored = of(tally, phase + "EXPLORE");
            Sum control = of(tally, phase + "CONTROL");
            lost += explored.visits() == 0 ? 0 : explored.visits() * (control.mean() - explored.mean());
        }
        return lost;
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }
}
