package io.afterlearner.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.evaluation.Sanity;
import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.evaluation.score.Verdict.Outcome;
import io.afterlearner.report.file.HistoryCsv;
import io.afterlearner.report.file.ResultJson;
import io.afterlearner.report.page.ReportPage;
import io.afterlearner.report.result.Bound;
import io.afterlearner.report.result.History;
import io.afterlearner.report.result.HistoryEntry;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.result.SplitResult.Interval;
import io.afterlearner.report.result.SplitResult.Measured;
import io.afterlearner.report.result.TestResult;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.Transform;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class ReportTest {
    private static final Verdict VERDICT =
            new Verdict(Outcome.IMPROVED, Verdict.Reason.SHOWN, 0.1, Double.POSITIVE_INFINITY, 0.05, 0, 100, null);
    private static final String NASTY = "</svg><script>alert('x')</script>&\"\u001b[31m\u202e";

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 40, 650})
    void thePageIsWellFormedForAnyNumberOfParameters(int parameters) throws Exception {
        String page = ReportPage.of(result(parameters, 120));
        assertTrue(page.startsWith("<!doctype html>\n"));
        String document = page.substring(page.indexOf('\n'));
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(document)));
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        String page = ReportPage.of(result(6, 50));
        assertFalse(page.contains("<script"), "a script");
        assertFalse(page.contains("<link"), "a link");
        assertFalse(page.contains(" src="), "a source");
        assertFalse(page.contains("url("), "a picture or font");
        assertTrue(page.contains("default-src 'none'"));
        assertTrue(page.contains("prefers-color-scheme: dark"));
    }

    @Test
    void namesAreEscaped() {
        String page = ReportPage.of(result(3, 5));
        assertFalse(page.contains(NASTY));
        assertTrue(page.contains("&lt;/svg&gt;&lt;script&gt;"));
        assertTrue(page.contains("\\u001b[31m\\u202e"));
        assertTrue(page.codePoints().noneMatch(c -> c == 0x1b || c == 0x202e));
    }

    @Test
    void theLegendExplainsFainterDotsWhereThereAreAny() {
        assertFalse(ReportPage.of(result(1, 1)).contains("beyond the chart's edge"));
        Result result = result(1, 40);
        HistoryEntry first = result.history().entries().get(20);
        result.history()
                .entries()
                .set(
                        20,
                        new HistoryEntry(
                                20, HistoryEntry.Status.TOLD, first.values(), 1e9, null, 1, 2L, 10, "here", null));
        assertTrue(ReportPage.of(result).contains("a candidate beyond the chart's edge"));
    }

    @Test
    void noCellOfAnEvaluatorIsAFormula() {
        List<String> hostile = List.of("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\uff1d1", "a\u001b\nb", "here");
        List<HistoryEntry> entries = new ArrayList<>();
        for (String text : hostile) {
            entries.add(new HistoryEntry(
                    entries.size(), HistoryEntry.Status.FAILED, List.of(-0.5), null, null, 0, 1L, 1, text, text));
        }
        List<String> lines =
                HistoryCsv.of(entries, result(1, 1).spec()).lines().skip(1).toList();
        List<String> cells =
                List.of("'=1+1", "'+1", "'-1", "'@SUM(A1)", "'=1", "'=1", "'\uff1d1", "a\\u001b b", "here");
        for (int i = 0; i < hostile.size(); i++) {
            String[] row = lines.get(i).split(",", 9);
            assertEquals(cells.get(i), row[7]);
            assertTrue(row[8].startsWith(cells.get(i)), row[8]);
            assertTrue(row[8].endsWith(",-0.5"), "a number stays one");
        }
    }

    @Test
    void thePageShowsTheExplanationOfTheSearch() {
        assertTrue(ReportPage.of(result(1, 10)).contains("CMA: &lt;because&gt;"));
    }

    @Test
    void aStudyWithoutCandidatesStillHasAPage() {
        assertTrue(ReportPage.of(result(1, 0)).contains("</html>"));
    }

    @Test
    void resultJsonHasTheFieldsOfTheContract() throws IOException {
        JsonNode json = new ObjectMapper().readTree(ResultJson.of(result(2, 10)));
        assertEquals("tiny-1", json.get("study").asText());
        assertEquals("improved", json.get("outcome").asText());
        assertEquals(0.1, json.get("low").asDouble());
        assertTrue(json.get("high").isNull(), "nothing limits it");
        assertEquals(0.05, json.get("smallestGain").asDouble());
        assertEquals("the gain on the test split is above 0", json.get("reason").asText());
        assertEquals(0.5, json.at("/baseline/test").asDouble());
        assertEquals(0.3, json.at("/candidate/search").asDouble());
        assertEquals(7, json.at("/candidate/number").asLong());
        assertEquals(2, json.at("/candidate/testInterval").size());
        assertEquals(0.3, json.at("/retrofitted/search").asDouble());
        assertEquals(7, json.at("/retrofitted/candidate").asLong());
        assertEquals(-0.2, json.at("/testDifference/mean").asDouble());
        assertEquals(-0.3, json.at("/testDifference/interval/0").asDouble());
        assertEquals(10, json.get("asked").asLong());
        assertEquals(8, json.get("told").asLong());
        assertEquals(1, json.get("failed").asLong());
        assertEquals(1, json.get("expired").asLong());
        assertTrue(json.get("overfittingBound").isNull());
        assertEquals("no bound", json.get("overfittingBoundReason").asText());
        assertEquals("CMA: <because>", json.get("explanation").asText());
        assertEquals("ab", json.at("/model/sha256").asText());
    }

    @Test
    void anUnknownIntervalIsNull() throws IOException {
        Measured unknown = new Measured(0.5, null);
        SplitResult split = new SplitResult(unknown, unknown, unknown, 1);
        Result known = result(1, 1);
        Result result = new Result(
                known.spec(),
                new TestResult(VERDICT, split),
                1,
                "FINISHED",
                1,
                split,
                300,
                1,
                known.history(),
                known.before(),
                known.after(),
                1,
                known.bound(),
                known.explanation(),
                known.sanity(),
                "1");
        JsonNode json = new ObjectMapper().readTree(ResultJson.of(result));
        assertTrue(json.at("/retrofitted/testInterval/0").isNull());
        assertTrue(ReportPage.of(result).contains("</html>"));
        assertEquals(1e-7, json.at("/sanity/outputDifference").doubleValue());
        assertEquals(Sanity.TOLERANCE, json.at("/sanity/tolerance").doubleValue());
    }

    @Test
    void historyHasOneRowPerCandidate() {
        Result result = result(2, 10);
        List<String> lines =
                HistoryCsv.of(result.history().entries(), result.spec()).lines().toList();
        assertEquals(11, lines.size());
        assertTrue(lines.get(0).startsWith("number,status,loss,standardError,"));
        assertTrue(lines.get(1).startsWith("0,told,0.5,"), lines.get(1));
        assertTrue(lines.get(9).contains("\"out of memory, twice\""), lines.get(9));
    }

    /** All but the last two candidates are told; of these one failed and one expired. */
    static Result result(int parameters, int candidates) {
        return result(parameters, candidates, VERDICT);
    }

    static Result result(int parameters, int candidates, Verdict verdict) {
        List<Double> zeros = Collections.nCopies(parameters, 0.0);
        AlephGroup group = new AlephGroup(
                NASTY,
                null,
                Transform.SHIFT,
                Granularity.ELEMENT,
                0,
                List.of(parameters),
                Kind.REAL,
                -1.0,
                1.0,
                false,
                null,
                zeros,
                List.of());
        StudySpec spec = new StudySpec(
                "tiny-1",
                NASTY,
                0L,
                new Artifact("file:///m", "ab"),
                List.of(group),
                new Artifact("file:///s", "cd"),
                new Artifact("file:///t", "ef"),
                new LossSpec("rmse", Map.of()),
                new OptimizerSpec("auto", 300L, 8, 1L, 1, Noise.UNKNOWN, TellOrder.ARRIVAL),
                new EvaluationSpec(1000L, "default", 0, Map.of(), 0.0, 3_600_000L),
                List.of(),
                null,
                0L,
                List.of());
        List<HistoryEntry> entries = new ArrayList<>();
        for (int i = 0; i < candidates; i++) {
            HistoryEntry.Status status = i == candidates - 2
                    ? HistoryEntry.Status.FAILED
                    : i > 0 && i == candidates - 1 ? HistoryEntry.Status.EXPIRED : HistoryEntry.Status.TOLD;
            Double loss = status == HistoryEntry.Status.TOLD ? 0.5 - 0.2 * i / candidates + 0.05 * Math.sin(i) : null;
            String reason = status == HistoryEntry.Status.FAILED ? "out of memory, twice" : null;
            entries.add(new HistoryEntry(i, status, zeros, loss, null, i, i + 1L, 10, "here", reason));
        }
        List<Double> after = new ArrayList<>();
        for (int i = 0; i < parameters; i++) {
            after.add(Math.sin(i) * 0.5);
        }
        SplitResult split = new SplitResult(
                new Measured(0.5, new Interval(0.45, 0.55)),
                new Measured(0.3, new Interval(0.25, 0.35)),
                new Measured(-0.2, new Interval(-0.3, -0.1)),
                100);
        return new Result(
                spec,
                new TestResult(verdict, split),
                1,
                "FINISHED",
                7,
                split,
                Math.max(300, candidates),
                candidates,
                new History(entries, 2000),
                zeros,
                after,
                2.0,
                new Bound(null, "no bound"),
                "CMA: <because>",
                new Sanity(100, 50, 0.5, 0.5, 1e-7, true, 0.5, 1e-7),
                "test");
    }
}
