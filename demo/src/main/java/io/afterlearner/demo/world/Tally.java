package io.afterlearner.demo.world;

import java.util.List;
import java.util.Map;

/**
 * What the simulator knows of all visits so far.
 *
 * @param arms totals by phase and arm, such as {@code before CONTROL}
 * @param users number of users who visit at random; bots do not count
 * @param accepted clicks that the feedback service accepted
 */
public record Tally(Map<String, Total> arms, long users, long accepted) {
    public static final Tally NONE = new Tally(Map.of(), 1, 0);

    /** @param worth expected clicks on the pages that the visitors were shown */
    public record Total(double visits, double worth) {
        public Total plus(Total other) {
            return new Total(visits + other.visits, worth + other.worth);
        }

        public Total minus(Total other) {
            return new Total(visits - other.visits, worth - other.worth);
        }

        /** NaN without visits. */
        public double mean() {
            return worth / visits;
        }
    }

    /** The sum of the totals whose key contains a text. */
    public Total of(String text) {
        return arms.entrySet().stream()
                .filter(e -> e.getKey().contains(text))
                .map(Map.Entry::getValue)
                .reduce(new Total(0, 0), Total::plus);
    }

    /** Expected clicks that explored users had more than as many users on control, over both phases. */
    public double gained() {
        double gained = 0;
        for (String phase : List.of("before ", "after ")) {
            Total explored = of(phase + "EXPLORE");
            double difference = explored.mean() - of(phase + "CONTROL").mean();
            gained += explored.visits() == 0 ? 0 : explored.visits() * difference;
        }
        return gained;
    }
}
