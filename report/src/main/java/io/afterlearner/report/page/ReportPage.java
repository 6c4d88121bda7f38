package io.afterlearner.report.page;

import io.afterlearner.report.chart.AlephChart;
import io.afterlearner.report.chart.LossChart;
import io.afterlearner.report.chart.SplitChart;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.words.Numbers;
import io.afterlearner.report.words.VerdictText;
import io.quarkus.qute.RawString;
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
        return VerdictText.of(result.verdict()) + (drawn.isEmpty() ? "" : " " + drawn);
    }

    public List<Tile> tiles() {
        double before = result.test().baseline().value();
        double after = result.test().retrofitted().value();
        return List.of(
                new Tile(Numbers.of(before) + " → " + Numbers.of(after), "", "test loss"),
                new Tile(Numbers.change(before, after), "", "change on test"),
                new Tile(Long.toString(result.told()), "", "candidates scored"),
                new Tile(Numbers.of(result.candidatesPerSecond()), "", "candidates per second"));
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

    public RawString splitChart() {
        return new RawString(SplitChart.of(result.search(), result.test()));
    }

    public String aleph() {
        int groups = result.spec().getAleph().size();
        return result.before().size() + " parameters in " + groups + (groups == 1 ? " entry" : " entries")
                + (result.number() == 0 ? "; the shipped values are kept." : "; candidate " + result.number() + ".");
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
