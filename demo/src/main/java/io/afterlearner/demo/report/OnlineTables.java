package io.afterlearner.demo.report;

import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.demo.report.OnlineResult.Stopped;
import io.afterlearner.report.page.Table;
import io.afterlearner.report.page.Tile;
import io.afterlearner.report.words.Numbers;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.BrokenGuardrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The key figures and the tables of the demo's report. */
final class OnlineTables {
    private OnlineTables() {}

    static List<Tile> tiles(OnlineResult result) {
        List<Tile> tiles = new ArrayList<>();
        Phase last = result.last();
        Double lift = last.lift();
        tiles.add(new Tile(
                lift == null ? "unknown" : OnlineWords.signed(lift),
                OnlineWords.interval(last),
                "clicks per page, champion minus control, 95% interval"));
        tiles.add(new Tile(OnlineWords.percent(result.before().gain()), "", "of the best possible gain"));
        if (result.after() != null) {
            tiles.add(new Tile(
                    OnlineWords.percent(result.after().gain()), "", "of the best possible gain, after the drift"));
        }
        ExploredShare share = result.share();
        tiles.add(new Tile(
                OnlineWords.percent(share.share()),
                OnlineWords.format("± %.1f", 100 * OnlineResult.NORMAL * share.standardError()),
                "of visits explored; " + OnlineWords.percent(share.stated()) + " configured"));
        tiles.add(new Tile(
                OnlineWords.format("%,d", result.explored()),
                "",
                "exposures of " + (result.told() + result.failed()) + " candidates"));
        tiles.add(new Tile(
                result.stopped().size() + " stopped",
                "",
                "of " + result.harm().breaking() + " that truly violate the guardrail; " + result.unsafe()
                        + " promoted"));
        Revert revert = result.revert();
        tiles.add(new Tile(
                revert == null ? "" : OnlineWords.format("%.0f ms", revert.recordMillis()),
                revert == null ? "" : OnlineWords.format("%.0f ms from the command", revert.orderMillis()),
                "to revert, from the record until the shop served ℵ₀"));
        return tiles;
    }

    static Table phases(OnlineResult result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(phase("before the drift", result.before()));
        Phase after = result.after();
        if (after != null) {
            rows.add(atDrift(after));
            rows.add(phase("after the drift", after));
        }
        return new Table(
                List.of(
                        "",
                        "champion",
                        "measured lift",
                        "true reward",
                        "ℵ₀",
                        "best ℵ",
                        "share of the gain",
                        "p95 ratio"),
                rows);
    }

    private static List<String> phase(String name, Phase phase) {
        return List.of(
                name,
                OnlineWords.arm(phase.champion()),
                OnlineWords.lift(phase),
                rounded(phase.championReward()),
                rounded(phase.shippedReward()),
                rounded(phase.bestReward()),
                percent(phase.gain()),
                rounded(phase.latencyRatio()));
    }

    /** The champion from before the drift, with its reward after it. */
    private static List<String> atDrift(Phase after) {
        double gain = (after.beganReward() - after.shippedReward()) / (after.bestReward() - after.shippedReward());
        return List.of(
                "at the drift",
                "the same",
                "",
                rounded(after.beganReward()),
                rounded(after.shippedReward()),
                rounded(after.bestReward()),
                percent(gain),
                "");
    }

    private static String percent(double share) {
        return OnlineWords.format("%.0f %%", 100 * share);
    }

    private static String rounded(double value) {
        return OnlineWords.format("%.3f", value);
    }

    static Table stopped(List<Stopped> candidates) {
        return new Table(
                List.of(
                        "at",
                        "candidate",
                        "metric",
                        "measured",
                        "control",
                        "ratio",
                        "limit",
                        "exposures",
                        "true ratio"),
                candidates.stream().map(OnlineTables::stopped).toList());
    }

    private static List<String> stopped(Stopped stopped) {
        BrokenGuardrail guardrail = stopped.guardrail();
        return List.of(
                seconds(stopped.seconds()),
                Long.toString(stopped.number()),
                stopped.level(),
                Numbers.of(guardrail.getMeasured()) + " ms",
                Numbers.of(guardrail.getControl()) + " ms",
                rounded(stopped.ratio()),
                rounded(guardrail.getLimit()),
                Long.toString(guardrail.getValues()),
                rounded(stopped.trueRatio()));
    }

    private static String seconds(double seconds) {
        return OnlineWords.format("%.0f s", seconds);
    }

    static Table audit(OnlineResult result) {
        return new Table(
                List.of("at", "by", "action", "from", "to", "reason"),
                result.audit().stream()
                        .map(change -> change(change, result.begunAtMillis()))
                        .toList());
    }

    private static List<String> change(ArmsChange change, long begunAtMillis) {
        return List.of(
                seconds(Math.max(0, change.getAtMillis() - begunAtMillis) / 1e3),
                change.getBy(),
                change.getAction().name().toLowerCase(Locale.ROOT),
                Long.toString(change.getFromNumber()),
                Long.toString(change.getToNumber()),
                change.getReason());
    }
}
