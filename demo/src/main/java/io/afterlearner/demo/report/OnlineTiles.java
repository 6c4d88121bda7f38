package io.afterlearner.demo.report;

import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.report.page.Tile;
import java.util.ArrayList;
import java.util.List;

/** The key figures at the top of the demo's report. */
final class OnlineTiles {
    private OnlineTiles() {}

    static List<Tile> of(OnlineResult result) {
        List<Tile> tiles = new ArrayList<>();
        Phase last = result.last();
        Double lift = last.lift();
        tiles.add(new Tile(
                lift == null ? "unknown" : OnlineWords.signed(lift),
                OnlineWords.interval(last),
                "clicks per page, champion minus control, 95% interval"));
        tiles.add(new Tile(OnlineWords.percent(result.before().gain()), "", "of the best possible gain"));
        if (result.after() != null) {
            tiles.add(new Tile(OnlineWords.percent(result.after().gain()), "", "of it after the drift"));
        }
        ExploredShare share = result.share();
        tiles.add(new Tile(
                OnlineWords.percent(share.share()),
                OnlineWords.format("± %.1f", 100 * OnlineWords.NORMAL * share.standardError()),
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
}
