package io.afterlearner.report;

import io.afterlearner.report.SplitResult.Measured;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.space.AlephNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** report.html: one file with everything in it, for light and dark, on screen and on paper. */
public final class Page {
    private Page() {}

    public static String of(Result result) {
        String name = result.spec().getName();
        StringBuilder page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n")
                .append("<title>")
                .append(Html.escape(name))
                .append(" · AfterLearner</title>\n<style>\n")
                .append(Style.CSS)
                .append("</style>\n</head>\n<body>\n<main>\n");
        header(page, result);
        section(page, "Loss over candidates", LOSS_LEGEND, losses(result));
        section(page, "Shipped against retrofitted", SPLIT_LEGEND, SplitChart.of(result.search(), result.test()));
        section(page, "ℵ before and after", aleph(result), alephChart(result));
        section(page, "How far to trust the search loss", bound(result), "");
        section(page, "Provenance", "", table(provenance(result)));
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static final String LOSS_LEGEND = "<span class=\"key dotkey\"></span>a candidate on the search split "
            + "<span class=\"key bestkey\"></span>best so far <span class=\"key basekey\"></span>shipped model";

    private static final String SPLIT_LEGEND = "Whiskers are 95% intervals over the draw of the examples. No candidate "
            + "was ever scored on the test split; only the shipped and the retrofitted model were.";

    private static void header(StringBuilder page, Result result) {
        page.append("<header>\n<p class=\"brand\">AfterLearner</p>\n<h1>")
                .append(Html.escape(result.spec().getName()))
                .append(" <span class=\"badge ")
                .append(result.outcome())
                .append("\">")
                .append(result.outcome())
                .append("</span></h1>\n<p class=\"lead\">")
                .append(Html.escape(lead(result)))
                .append("</p>\n</header>\n<div class=\"tiles\">\n");
        Measured before = result.test().baseline();
        Measured after = result.test().retrofitted();
        tile(page, Numbers.of(before.value()) + " → " + Numbers.of(after.value()), "test loss");
        tile(page, Numbers.change(before.value(), after.value()), "change on test");
        tile(page, Long.toString(result.told()), "candidates told");
        tile(page, Numbers.of(result.candidatesPerSecond()), "candidates a second");
        page.append("</div>\n");
    }

    private static String lead(Result result) {
        if (!result.improved()) {
            return "No candidate was better than the shipped model on the search split, so its values are kept.";
        }
        Measured difference = result.test().difference();
        String verdict = difference.high() < 0
                ? "better, and by more than chance"
                : difference.low() > 0 ? "worse: the search split does not carry over" : "not told apart from chance";
        return String.format(
                Locale.ROOT,
                "On the test split, which the search never saw, the loss changed by %s (95%% interval %s to %s): %s.",
                Numbers.signed(difference.value()),
                Numbers.signed(difference.low()),
                Numbers.signed(difference.high()),
                verdict);
    }

    private static void tile(StringBuilder page, String value, String label) {
        page.append("<div class=\"tile\"><b>")
                .append(Html.escape(value.isEmpty() ? "–" : value))
                .append("</b><span>")
                .append(Html.escape(label))
                .append("</span></div>\n");
    }

    /** Legend and body are markup already. */
    private static void section(StringBuilder page, String title, String legend, String body) {
        page.append("<section>\n<h2>").append(Html.escape(title)).append("</h2>\n");
        if (!legend.isEmpty()) {
            page.append("<p class=\"legend\">").append(legend).append("</p>\n");
        }
        page.append(body).append("</section>\n");
    }

    private static String losses(Result result) {
        return LossChart.of(
                result.history().trials(), result.search().baseline().value());
    }

    private static String aleph(Result result) {
        String what = result.before().size() + " parameters in "
                + result.spec().getAleph().size() + " "
                + (result.spec().getAleph().size() == 1 ? "entry" : "entries")
                + (result.number() == 0 ? "; the shipped values are kept." : "; candidate " + result.number() + ".");
        return result.before().size() > AlephChart.MOST_SINGLE
                ? Html.escape(what)
                : Html.escape(what)
                        + " <span class=\"key beforekey\"></span>before <span class=\"key afterkey\"></span>after";
    }

    private static String alephChart(Result result) {
        return AlephChart.of(result.spec().getAleph(), result.before(), result.after());
    }

    private static String bound(Result result) {
        return Html.escape(result.bound().reason());
    }

    private static Map<String, String> provenance(Result result) {
        StudySpec spec = result.spec();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("study", spec.getStudy());
        artifact(rows, "model", spec.getModel());
        artifact(rows, "search split", spec.getSearch());
        artifact(rows, "test split", spec.getTest());
        rows.put(
                "examples",
                result.search().examples() + " search, " + result.test().examples() + " test");
        for (AlephGroup group : spec.getAleph()) {
            if (rows.size() < 20) {
                rows.put("ℵ " + rows.size(), describe(group));
            }
        }
        rows.put("loss", spec.getLoss().getType() + " " + spec.getLoss().getSettings());
        rows.put(
                "optimizer",
                spec.getOptimizer().getType() + ", budget "
                        + spec.getOptimizer().getBudget() + ", parallelism "
                        + spec.getOptimizer().getParallelism() + ", seed "
                        + spec.getOptimizer().getSeed() + ", runs "
                        + spec.getOptimizer().getRuns());
        if (result.explanation() != null) {
            rows.put("search", result.explanation());
        }
        rows.put(
                "candidates",
                result.asked() + " asked = " + result.told() + " told + " + result.failed() + " failed + "
                        + result.expired() + " expired");
        rows.put("time at work", Numbers.of(result.seconds()) + " s");
        rows.put("ended", result.status().toLowerCase(Locale.ROOT));
        rows.put("made by", "AfterLearner " + result.version());
        return rows;
    }

    private static String describe(AlephGroup group) {
        return AlephNames.of(group) + ", "
                + group.getTransform().name().toLowerCase(Locale.ROOT) + " per "
                + group.getPer().name().toLowerCase(Locale.ROOT) + ", "
                + group.getInitial().size() + " parameters";
    }

    private static void artifact(Map<String, String> rows, String name, @Nullable Artifact artifact) {
        if (artifact != null) {
            rows.put(name, artifact.getUri());
            rows.put(name + " sha256", artifact.getSha256());
        }
    }

    private static String table(Map<String, String> rows) {
        StringBuilder table = new StringBuilder("<table>\n");
        rows.forEach((name, value) -> table.append("<tr><th>")
                .append(Html.escape(List.of(name.split(" \\d+$")).get(0)))
                .append("</th><td>")
                .append(Html.escape(value))
                .append("</td></tr>\n"));
        return table.append("</table>\n").toString();
    }
}
