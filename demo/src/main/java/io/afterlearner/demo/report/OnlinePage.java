package io.afterlearner.demo.report;

import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.demo.report.Stopped.Measured;
import io.afterlearner.report.Html;
import io.afterlearner.report.Numbers;
import io.afterlearner.report.Style;
import io.afterlearner.schemas.ArmsChange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** report.html of an online study. */
final class OnlinePage {
    private static final DateTimeFormatter BEGUN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String LEGEND = "<span class=\"key basekey\"></span>control, ℵ₀ "
            + "<span class=\"key bestkey\"></span>champion <span class=\"key exploredkey\"></span>explored units "
            + "<span class=\"key afterkey\"></span>a promotion. Clicks a page that what was shown is truly worth, as the simulator"
            + " knows; nobody else does.";
    private static final String COLOURS = """
            .control { fill: none; stroke: var(--before); stroke-width: 1.5; }
            .explored { fill: none; stroke: var(--dot); stroke-width: 1; opacity: .7; }
            .promotion { fill: var(--after); }
            .event { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 4; }
            .exploredkey { width: 22px; border-top: 2px solid var(--dot); }
            main { max-width: 940px; }
            .tile b small { display: block; font-size: 13px; font-weight: 500; }
            td, th { padding-right: 12px; font-size: 13px; }
            td.short, th { white-space: nowrap; overflow-wrap: normal; vertical-align: top; }
            section p { margin: 0 0 8px; max-width: 76ch; }
            .scroll { overflow-x: auto; }
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
        tiles(page, result);
        section(page, "Reward over time", "<p class=\"legend\">" + LEGEND + "</p>\n" + RewardChart.of(result));
        section(page, "Lift against control", phases(result));
        section(
                page,
                "What exploring cost",
                paragraph(OnlineWords.explored(result) + ".") + paragraph(OnlineWords.harm(result.harm()) + "."));
        section(page, "What the guardrail stopped", paragraph(OnlineWords.guardrail(result) + ".") + stopped(result));
        section(page, "Revert", paragraph("One record: " + OnlineWords.revert(result.revert()) + "."));
        section(page, "What came back", paragraph(OnlineWords.streams(result.streams())));
        section(page, "Audit trail", audit(result));
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void header(StringBuilder page, OnlineResult result) {
        page.append("<header>\n<p class=\"brand\">AfterLearner</p>\n<h1>")
                .append(Html.escape(result.study()))
                .append("</h1>\n<p class=\"lead\">")
                .append(Html.escape(String.format(
                        Locale.ROOT,
                        "Simulated users judged a ranking model while it served them, %.0f seconds from %s on, with seed %d.%s",
                        result.seconds(),
                        BEGUN.format(Instant.ofEpochMilli(result.begunAtMillis())),
                        result.seed(),
                        result.after() == null ? "" : " Half-way their taste drifted.")))
                .append("</p>\n</header>\n");
    }

    private static void tiles(StringBuilder page, OnlineResult result) {
        page.append("<div class=\"tiles\">\n");
        Phase last = result.last();
        Double lift = last.lift();
        tile(
                page,
                lift == null ? "unknown" : OnlineWords.signed(lift),
                OnlineWords.interval(last),
                "clicks a page, champion to control, 95 % interval");
        tile(page, OnlineWords.percent(result.before().gain()), "", "of what the best ℵ would gain");
        if (result.after() != null) {
            tile(page, OnlineWords.percent(result.after().gain()), "", "of it after the drift");
        }
        ExploredShare share = result.share();
        tile(
                page,
                OnlineWords.percent(share.share()),
                String.format(Locale.ROOT, " ± %.1f", 100 * OnlineWords.NORMAL * share.standardError()),
                "of visits explored; stated are " + OnlineWords.percent(share.stated()));
        tile(
                page,
                String.format(Locale.ROOT, "%,d", result.explored()),
                "",
                "exposures of " + (result.told() + result.failed()) + " candidates");
        tile(
                page,
                result.stopped().size() + " stopped",
                "",
                "of " + result.harm().breaking() + " that truly break the guardrail; " + result.unsafe() + " promoted");
        Revert revert = result.revert();
        tile(
                page,
                revert == null ? "–" : String.format(Locale.ROOT, "%.0f ms", revert.recordMillis()),
                revert == null ? "" : String.format(Locale.ROOT, " %.0f ms from the order", revert.orderMillis()),
                "to revert, from the record until the shop served ℵ₀");
        page.append("</div>\n");
    }

    private static void tile(StringBuilder page, String value, String more, String label) {
        page.append("<div class=\"tile\"><b>").append(Html.escape(value));
        if (!more.isEmpty()) {
            page.append("<small>").append(Html.escape(more)).append("</small>");
        }
        page.append("</b><span>").append(Html.escape(label)).append("</span></div>\n");
    }

    /** The body is markup already. */
    private static void section(StringBuilder page, String title, String body) {
        page.append("<section>\n<h2>").append(Html.escape(title)).append("</h2>\n");
        page.append(body).append("</section>\n");
    }

    private static String paragraph(String text) {
        return "<p>" + Html.escape(text) + "</p>\n";
    }

    private static String phases(OnlineResult result) {
        Rows table = new Rows(
                "", "champion", "measured lift", "true reward", "ℵ₀'s", "best ℵ's", "of the gain", "p95 ratio");
        phase(table, "before the drift", result.before());
        Phase after = result.after();
        if (after != null) {
            phase(table, "when it had come", began(after));
            phase(table, "after it", after);
        }
        return table.toString();
    }

    /** How the champion before the drift did after it. */
    private static Phase began(Phase after) {
        return new Phase(
                -1,
                null,
                null,
                after.shippedReward(),
                after.beganReward(),
                after.beganReward(),
                after.bestReward(),
                Double.NaN);
    }

    private static void phase(Rows table, String name, Phase phase) {
        boolean known = phase.champion() >= 0;
        table.row(
                name,
                known ? OnlineWords.arm(phase.champion()) : "the same",
                known ? OnlineWords.lift(phase) : "",
                rounded(phase.championReward()),
                rounded(phase.shippedReward()),
                rounded(phase.bestReward()),
                String.format(Locale.ROOT, "%.0f %%", 100 * phase.gain()),
                known ? rounded(phase.latencyRatio()) : "");
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String stopped(OnlineResult result) {
        if (result.stopped().isEmpty()) {
            return "";
        }
        Rows table = new Rows(
                "after", "candidate", "level", "measured", "control's", "ratio", "limit", "exposures", "true ratio");
        for (Stopped stopped : result.stopped()) {
            Measured measured = stopped.measured();
            String after = seconds(stopped.seconds());
            String number = Long.toString(stopped.number());
            if (measured == null) {
                table.row(after, number, stopped.reason());
            } else {
                table.row(
                        after,
                        number,
                        measured.what(),
                        Numbers.of(measured.value()) + " ms",
                        Numbers.of(measured.control()) + " ms",
                        rounded(measured.ratio()),
                        rounded(measured.limit()),
                        Long.toString(measured.exposures()),
                        rounded(stopped.trueRatio()));
            }
        }
        return table.toString();
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.0f s", seconds);
    }

    private static String audit(OnlineResult result) {
        Rows table = new Rows("after", "who", "what", "from", "to", "why");
        List<ArmsChange> changes = result.audit();
        for (ArmsChange change : changes) {
            table.row(
                    seconds(Math.max(0, change.getAtMillis() - result.begunAtMillis()) / 1e3),
                    change.getBy(),
                    change.getAction().name().toLowerCase(Locale.ROOT),
                    Long.toString(change.getFromNumber()),
                    Long.toString(change.getToNumber()),
                    change.getReason());
        }
        return table.toString();
    }

    /** A table; all its cells are short but the last one of a row. */
    private static final class Rows {
        private final StringBuilder rows = new StringBuilder("<div class=\"scroll\"><table>\n<tr>");

        Rows(String... heads) {
            for (String head : heads) {
                rows.append("<th>").append(Html.escape(head)).append("</th>");
            }
            rows.append("</tr>\n");
        }

        void row(String... texts) {
            rows.append("<tr>");
            for (int i = 0; i < texts.length; i++) {
                rows.append(i < texts.length - 1 ? "<td class=\"short\">" : "<td>")
                        .append(Html.escape(texts[i]))
                        .append("</td>");
            }
            rows.append("</tr>\n");
        }

        @Override
        public String toString() {
            return rows + "</table></div>\n";
        }
    }
}
