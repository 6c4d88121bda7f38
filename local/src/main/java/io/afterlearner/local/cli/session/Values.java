package io.afterlearner.local.cli.session;

import io.afterlearner.report.words.Numbers;
import java.util.List;

/** An ℵ vector as people read it. */
public final class Values {
    private static final int MOST = 40;

    private Values() {}

    /** A line a value, as many as a screen takes; empty of none. */
    public static String text(List<String> names, List<Double> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(values.size(), MOST); i++) {
            text.append(String.format("  %s = %s%n", names.get(i), Numbers.of(values.get(i))));
        }
        if (values.size() > MOST) {
            text.append(String.format("  … %d more; --json has them all%n", values.size() - MOST));
        }
        return text.toString();
    }
}
