package io.afterlearner.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.demo.report.OnlineResult.Harm;
import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.demo.report.OnlineResult.Sample;
import io.afterlearner.demo.report.OnlineResult.Stopped;
import io.afterlearner.demo.report.OnlineResult.Streams;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The page, the JSON and the summary of a given run. */
class OnlineReportTest {
    private static final long BEGUN = 1_700_000_000_000L;
    private static final String NASTY = "</p><script>alert('x')</script>&\"";
    private static final BrokenGuardrail GUARDRAIL =
            new BrokenGuardrail("latency", Aggregate.P95, Goal.MINIMIZE, 75.45, 58.25, 1.2, 153L, 663L);
    private static final Phase BEFORE = new Phase(74, 1.0884, 0.01546, 0.9886, 0.9886, 2.1734, 2.4799, 1.034);
    private static final Phase AFTER = new Phase(170, 0.7621, 0.01567, 1.2871, 1.3516, 2.0473, 2.6096, 0.857);

    private static ArmsChange change(ArmsAction action, long seconds, long from, long to, String reason) {
        return new ArmsChange(
                "s", 1L, BEGUN + 1_000 * seconds, "ann", action, reason, from, List.of(), to, List.of(), 0L);
    }

    private static OnlineResult run(
            Phase before, @Nullable Phase after, List<Stopped> stopped, @Nullable Revert revert, String reason) {
        return new OnlineResult(
                "ranking-1",
                7,
                BEGUN,
                300,
                150,
                stopped.size(),
                1.2,
                stopped,
                115_352,
                new ExploredShare(0.4, 40_500, 100_000, 49_000),
                new Harm(31, 1_234.4, 8_217, 52_150, 5, 702),
                new Streams(200_000, 98_000L),
                revert,
                0,
                before,
                after == null ? null : 140.0,
                after,
                List.of(change(ArmsAction.PROMOTE, 49, 1, 27, reason)),
                List.of(new Sample(1, 1, 1.5, Double.NaN), new Sample(2, 1.1, 1.6, 1.2)));
    }

    private static OnlineResult run() {
        Stopped stopped = new Stopped(69, 81, GUARDRAIL, 1.31);
        return run(BEFORE, AFTER, List.of(stopped), new Revert(312, 43), "better");
    }

    private static void says(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), part + " in: " + text);
        }
    }

    @Test
    void thePageIsWellFormedAndLoadsNothingFromElsewhere() throws Exception {
        for (String page : List.of(OnlinePage.of(run()), OnlinePage.of(run(BEFORE, null, List.of(), null, NASTY)))) {
            String document = page.substring(page.indexOf('\n'));
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(document)));
            assertFalse(page.contains("<script"), "a script");
            says(page, "default-src 'none'");
        }
    }

    @Test
    void liftIsShownWithItsInterval() {
        says(OnlinePage.of(run()), "<b>+0.762<small> [+0.731, +0.793]</small></b>", "+1.088 [+1.058, +1.119]");
        says(OnlineWords.summary(run(), Path.of("r")), "lift             +0.762 [+0.731, +0.793]");
    }

    @Test
    void anUnknownLiftIsShownAsUnknown() throws IOException {
        Phase unknown = new Phase(0, null, null, 1, 1, 1, 2, 1);
        OnlineResult result = run(unknown, null, List.of(), null, "");
        says(OnlinePage.of(result), "<b>unknown</b>", "<td class=\"short\">unknown</td>", "ℵ₀");
        JsonNode json = new ObjectMapper().readTree(OnlineJson.of(result));
        assertTrue(json.at("/before/lift").isNull());
        assertTrue(json.at("/before/liftInterval").isMissingNode());
        assertTrue(json.get("after").isNull());
        assertTrue(json.get("revert").isNull());
    }

    @Test
    void aStoppedCandidateIsShownWithMeasuredValueAndLimit() {
        says(
                OnlinePage.of(run()),
                "<td class=\"short\">81 s</td><td class=\"short\">69</td><td class=\"short\">P95 of latency</td><td"
                        + " class=\"short\">75.45 ms</td><td class=\"short\">58.25 ms</td><td"
                        + " class=\"short\">1.295</td><td class=\"short\">1.200</td><td"
                        + " class=\"short\">153</td><td>1.310</td>",
                "<b>1 stopped</b>",
                "of 5 that truly violate the guardrail; 0 promoted");
        says(
                OnlineWords.summary(run(), Path.of("r")),
                "candidate 69: P95 of latency 75.5 ms, 1.30 times that of control (limit 1.20), after 153 exposures");
    }

    @Test
    void aCandidateThatFailedForAnotherReasonWasNotStopped() {
        TrialEvent event = TrialEvent.newBuilder()
                .setStudy("s")
                .setSequence(1)
                .setAtMillis(1)
                .setType(TrialEventType.FAILED)
                .setNumber(3L)
                .setCause(FailureCause.newBuilder().setKind(FailureKind.NO_SLOT).build())
                .build();
        assertTrue(Stopped.guardrail(event).isEmpty());
    }

    @Test
    void theExploredShareIsShownWithTheRangeThatChanceExplains() {
        says(
                OnlineWords.share(run().share()),
                "40.5 % of the visits; the configured 40 % of the users amount to 39.5 % to 40.5 % of the visits by"
                        + " chance");
        says(OnlinePage.of(run()), "<b>40.5 %<small> ± 0.5</small></b>");
    }

    @Test
    void theErrorOfTheShareCountsVisitsAndUnits() {
        assertEquals(0.00270, new ExploredShare(0.4, 0, 100_000, 49_000).standardError(), 0.00001);
        assertEquals(0, new ExploredShare(0.4, 0, 0, 49_000).share());
    }

    @Test
    void harmAndExposuresAreShown() {
        says(
                OnlinePage.of(run()),
                "115,352 exposures of 151 candidates",
                "31 candidates were truly worse than ℵ₀ and cost 1,234 clicks",
                "702 exposures were of candidates that truly violate the guardrail",
                "clicked 52,150 times more than",
                "8,217 more");
        says(OnlineWords.harm(new Harm(1, 2, -3, -4, 0, 0)), "clicked 4 times less than", "3 less");
    }

    @Test
    void bothTimesToRevertAreShown() {
        says(
                OnlinePage.of(run()),
                "<b>43 ms<small> 312 ms from the command</small></b>",
                "43 ms after the record was sent to Kafka, 312 ms after the command");
        says(OnlinePage.of(run(BEFORE, null, List.of(), null, "")), "all users were served ℵ₀ already");
    }

    @Test
    void theAuditTrailCountsFromTheFirstUsersAndIsEscaped() {
        String page = OnlinePage.of(run(BEFORE, null, List.of(), null, NASTY));
        says(
                page,
                "<td class=\"short\">49 s</td><td class=\"short\">ann</td><td class=\"short\">promote</td>",
                "&lt;script&gt;");
        assertFalse(page.contains(NASTY));
    }

    @Test
    void resultJsonHasEveryFigure() throws IOException {
        JsonNode json = new ObjectMapper().readTree(OnlineJson.of(run()));
        assertEquals("ranking-1", json.get("study").asText());
        assertEquals(0.7621 - 1.96 * 0.01567, json.at("/after/liftInterval/0").asDouble(), 1e-9);
        assertEquals(0.7945, json.at("/before/gain").asDouble(), 0.0001);
        assertEquals(115_352, json.get("explored").asLong());
        assertEquals(0.405, json.get("exploredShare").asDouble());
        assertEquals(1_234.4, json.at("/harm/lostClicks").asDouble());
        assertEquals(69, json.at("/guardrail/stopped/0/candidate").asLong());
        assertEquals(75.45, json.at("/guardrail/stopped/0/measured").asDouble());
        assertEquals(1.2, json.at("/guardrail/limit").asDouble());
        assertEquals(43, json.at("/revert/recordMillis").asDouble());
        assertEquals(312, json.at("/revert/orderMillis").asDouble());
        assertEquals(98_000, json.at("/streams/pages").asLong());
        assertEquals("PROMOTE", json.at("/audit/0/action").asText());
    }

    @Test
    void theChartMarksDriftRevertAndPromotions() {
        String chart = RewardChart.of(run());
        says(chart, ">drift</text>", ">revert</text>", "<title>better</title>");
        String still = RewardChart.of(run(BEFORE, null, List.of(), null, ""));
        assertFalse(still.contains("drift") || still.contains("revert"), still);
    }

    @Test
    void aRunWithoutUsersHasAPage() {
        OnlineResult known = run();
        OnlineResult empty = new OnlineResult(
                "s",
                1,
                BEGUN,
                0,
                0,
                0,
                1.2,
                List.of(),
                0,
                new ExploredShare(0.4, 0, 0, 1),
                known.harm(),
                new Streams(0, null),
                null,
                0,
                BEFORE,
                null,
                null,
                List.of(),
                List.of());
        says(OnlinePage.of(empty), "</html>", "the latencies of all pages");
    }
}
