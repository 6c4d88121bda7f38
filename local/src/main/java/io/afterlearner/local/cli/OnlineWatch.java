package io.afterlearner.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.afterlearner.local.report.Numbers;
import io.afterlearner.local.report.OnlineResult.Sample;
import io.afterlearner.local.stack.StudyView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Looks at the running demo now and then, says how it goes, and remembers what it saw. */
final class OnlineWatch {
    private static final long SAY_MILLIS = 5_000;

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

    private final Console console;
    private final Shop shop;
    private final List<Sample> samples = new ArrayList<>();
    private Map<String, Sum> tally = new TreeMap<>();
    private JsonNode standing = MissingNode.getInstance();
    private JsonNode champion = standing;
    private long begunNanos = System.nanoTime();
    private long saidNanos;

    OnlineWatch(Console console, Shop shop) {
        this.console = console;
        this.shop = shop;
    }

    /** @param view of the optimizer; null while it does not answer */
    void look(@Nullable StudyView view) throws InterruptedException {
        standing = known(shop.standing(), standing);
        champion = known(shop.arms().path("champion"), champion);
        sample(sums(shop.tally().path("arms")));
        if (System.nanoTime() - saidNanos > SAY_MILLIS * 1_000_000) {
            saidNanos = System.nanoTime();
            say(view);
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
        begunNanos = tally.isEmpty() ? System.nanoTime() : begunNanos;
        samples.add(new Sample(seconds(), since(now, "CONTROL"), since(now, "CHAMPION"), since(now, "EXPLORE")));
        tally = now;
    }

    private double since(Map<String, Sum> now, String arm) {
        return of(now, arm).minus(of(tally, arm)).mean();
    }

    private void say(@Nullable StudyView view) {
        JsonNode measured = standing.path("champion");
        console.note(String.format(
                Locale.ROOT,
                "%4.0f s  %3d settled%s  champion %d%s  explored %.1f %%%s",
                seconds(),
                settled(),
                view == null ? "" : " of " + view.budget(),
                champion(),
                measured.path("difference").isNumber() && champion() != 0
                        ? ", measured "
                                + Numbers.signed(measured.path("difference").asDouble()) + " ± "
                                + Numbers.of(measured.path("differenceError").asDouble()) + " clicks to control"
                        : "",
                100 * exploredShare(),
                standing.path("hold").asText("NONE").equals("NONE")
                        ? ""
                        : "  " + standing.path("hold").asText()));
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

    double exploredShare() {
        double all = tally.values().stream().mapToDouble(Sum::visits).sum();
        return all == 0 ? 0 : of(tally, "EXPLORE").visits() / all;
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
