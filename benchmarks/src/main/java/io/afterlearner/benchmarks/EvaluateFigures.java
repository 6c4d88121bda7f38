package io.afterlearner.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of {@code bench evaluate}: median CPU milliseconds per candidate, one thread, full search split.
 *
 * @param example name of the study
 * @param examples rows scored per candidate
 * @param parameters size of ℵ
 * @param naiveMillis write the model with the candidate's values, load it, run it
 * @param promotedMillis run the whole graph with ℵ as inputs
 * @param splitMillis run the suffix on the prefix kept in memory, as the evaluators do
 * @param bareSuffixMillis run the same suffix with ONNX Runtime alone, inputs and outputs pinned: the limit
 */
public record EvaluateFigures(
        String example,
        long examples,
        int parameters,
        double naiveMillis,
        double promotedMillis,
        double splitMillis,
        double bareSuffixMillis) {

    /** The line's fields in order, as {@code bench} prints them. */
    public Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "evaluate");
        line.put("example", example);
        line.put("examples", examples);
        line.put("parameters", parameters);
        line.put("naiveMillis", rounded(naiveMillis));
        line.put("promotedMillis", rounded(promotedMillis));
        line.put("splitMillis", rounded(splitMillis));
        line.put("bareSuffixMillis", rounded(bareSuffixMillis));
        line.put("ratio", rounded(naiveMillis / splitMillis));
        line.put("overBareRatio", rounded(splitMillis / bareSuffixMillis));
        return line;
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
