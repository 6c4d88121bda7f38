package io.afterlearner.local.report;

import io.afterlearner.local.report.OnlineResult.Phase;
import io.afterlearner.local.report.OnlineResult.Revert;
import io.afterlearner.schemas.ArmsChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** report.html of an online study. */
final class OnlinePage {
    private static final String LEGEND = "<span class=\"key basekey\"></span>control, ℵ₀ "
            + "<span class=\"key bestkey\"></span>champion <span class=\"key exploredkey\"></span>explored units. What the"
            + " simulator knows to be the mean of what was shown within a second or so.";
    private static final String COLOURS = """
            .control { fill: none; stroke: var(--before); stroke-width: 1.5; }
            .explored { fill: none; stroke: var(--dot); stroke-width: 1; opacity: .7; }
            .exploredkey { width: 22px; border-top: 2px solid var(--dot); }
            """;

    private OnlinePage() {}

    static String of(OnlineResult result) {
        StringBuilder page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n")
                .append("<title>")
                .append(Html.escape(result.study()))
                .append(" · AfterLearner</title>\n<style>\n")
                .append(Style.CSS)
                .append(COLOURS)
                .append("</style>\n</head>\n<body>\n<main>\n");
        header(page, result);
        section(page, "Reward over time", LEGEND, RewardChart.of(result.samples(), result.driftSeconds()));
        section(page, "Champion", "", phases(result));
        section(page, "Harm done while exploring", "", Html.escape(OnlineOutputs.harm(result)) + ".");
        section(page, "What the guardrail stopped", "", stopped(result.stopped()));
        section(page, "Audit trail", "", audit(result.audit()));
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void header(StringBuilder page, OnlineResult result) {
        page.append("<header>\n<p class=\"brand\">AfterLearner</p>\n<h1>")
                .append(Html.escape(result.study()))
                .append("</h1>\n<p class=\"lead\">Seed ")
                .append(result.seed())
                .append(String.format(Locale.ROOT, ", %.0f seconds", result.seconds()))
                .append(".</p>\n</header>\n<div class=\"tiles\">\n");
        tile(page, OnlineOutputs.lift(result.before()), "clicks a page, champion to control, 95 % interval");
        tile(page, percent(result.before().gain()), "of what the best ℵ would gain");
        Phase after = result.after();
        if (after != null) {
            tile(page, percent(after.gain()), "after the drift");
        }
        tile(page, percent(result.exploredShare()), "of visits explored; stated " + percent(result.statedShare()));
        tile(page, result.told() + " + " + result.failed(), "candidates told and failed");
        Revert revert = result.revert();
        tile(
                page,
                revert == null ? "–" : String.format(Locale.ROOT, "%.0f ms", revert.recordMillis()),
                "from the record until the server served ℵ₀");
        page.append("</div>\n");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static void tile(StringBuilder page, String value, String label) {
        page.append("<div class=\"tile\"><b>")
                .append(Html.escape(value))
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

    private static String phases(OnlineResult result) {
        StringBuilder table = new StringBuilder("<table>\n");
        row(table, "th", "", "champion", "measured lift", "true reward", "ℵ₀", "when it began", "best ℵ", "p95 ratio");
        phase(table, "before the drift", result.before());
        Phase after = result.after();
        if (after != null) {
            phase(table, "after it", after);
        }
        return table.append("</table>\n").toString();
    }

    private static void phase(StringBuilder table, String name, Phase phase) {
        row(
                table,
                "td",
                name,
                Long.toString(phase.champion()),
                OnlineOutputs.lift(phase),
                Numbers.of(phase.championReward()),
                Numbers.of(phase.shippedReward()),
                Numbers.of(phase.beganReward()),
                Numbers.of(phase.bestReward()),
                Numbers.of(phase.latencyRatio()));
    }

    private static String stopped(List<String> reasons) {
        StringBuilder table = new StringBuilder("<table>\n");
        reasons.forEach(reason -> row(table, "td", reason));
        return reasons.isEmpty() ? "Nothing." : table.append("</table>\n").toString();
    }

    private static String audit(List<ArmsChange> changes) {
        StringBuilder table = new StringBuilder("<table>\n");
        row(table, "th", "when", "who", "what", "from", "to", "why");
        for (ArmsChange change : changes) {
            row(
                    table,
                    "td",
                    Instant.ofEpochMilli(change.getAtMillis())
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString(),
                    change.getBy(),
                    change.getAction().name().toLowerCase(Locale.ROOT),
                    Long.toString(change.getFromNumber()),
                    Long.toString(change.getToNumber()),
                    change.getReason());
        }
        return table.append("</table>\n").toString();
    }

    private static void row(StringBuilder table, String cell, String... texts) {
        table.append("<tr>");
        for (String text : texts) {
            table.append('<').append(cell).append('>').append(Html.escape(text));
            table.append("</").append(cell).append('>');
        }
        table.append("</tr>\n");
    }
}
