package io.afterlearner.report.page;

import io.afterlearner.report.chart.AlephChart;
import io.afterlearner.report.chart.LossChart;
import io.afterlearner.report.chart.SplitChart;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.words.Numbers;
import io.afterlearner.report.words.VerdictText;
import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.List;

/** report.html: one self-contained file for light and dark screens and for paper. */
public record ReportPage(Result result) {
    private static final String TEMPLATE = "io/afterlearner/report/page/report.html";

    public static String of(Result result) {
        return Templates.render(TEMPLATE, new ReportPage(result));
    }

    public String title() {
        return result.spec().getName();
    }

    public String lead() {
        String drawn = VerdictText.drawn(result.drawn());
        return VerdictText.of(result.verdict()) + " " + VerdictText.files(result.verdict(), result.number())
                + (drawn.isEmpty() ? "" : " " + drawn);
    }

    public List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        SplitResult test = result.test().losses();
        if (test != null) {
            double before = test.baseline().value();
            double after = test.candidate().value();
            tiles.add(new Tile(Numbers.of(before) + " → " + Numbers.of(after), "", "test loss, shipped → candidate"));
            tiles.add(new Tile(Numbers.change(before, after), "", "candidate's change on test"));
        }
        tiles.add(new Tile(Long.toString(result.told()), "", "candidates scored"));
        tiles.add(new Tile(Numbers.of(result.candidatesPerSecond()), "", "candidates per second"));
        return tiles;
    }

    public RawString lossChart() {
        return new RawString(LossChart.of(
                result.history().entries(), result.search().baseline().value()));
    }

    /** Whether the chart has dots of losses beyond its edge. */
    public boolean far() {
        return LossChart.hasFar(
                result.history().entries(), result.search().baseline().value());
    }

    public String splitLegend() {
        return result.test().losses() == null
                ? "No model was scored on a test split."
                : "No candidate was ever scored on the test split; only the shipped model and the best candidate were."
                        + " The verdict's own interval is that of their paired difference.";
    }

    public RawString splitChart() {
        return new RawString(SplitChart.of(result.search(), result.test().losses()));
    }

    public String aleph() {
        int groups = result.spec().getAleph().size();
        return result.before().size() + " parameters in " + groups + (groups == 1 ? " entry" : " entries")
                + (result.number() == 0 ? "; no candidate was better." : "; candidate " + result.number() + ".");
    }

    /** Whether the chart has a row per parameter. */
    public boolean single() {
        return AlephChart.isSingle(result.before());
    }

    public RawString alephChart() {
        return new RawString(AlephChart.of(result.spec().getAleph(), result.before(), result.after()));
    }

    public List<Provenance.Row> provenance() {
        return Provenance.of(result);
    }
}
