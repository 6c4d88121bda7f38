package io.afterlearner.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.evaluation.score.Verdict.Outcome;
import io.afterlearner.report.chart.SplitChart;
import io.afterlearner.report.file.ResultJson;
import io.afterlearner.report.page.ReportPage;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.result.SplitResult.Interval;
import io.afterlearner.report.result.SplitResult.Measured;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The best candidate and the model to deploy are told apart, and the results of both are shown. */
class CandidateTest {

    @ParameterizedTest
    @EnumSource(names = {"WORSE", "INCONCLUSIVE"})
    void theCandidateIsCalledRetrofittedOnlyIfItIsTheModelToShip(Outcome outcome) throws IOException {
        Result result =
                ReportTest.result(6, 50, new Verdict(outcome, Verdict.Reason.SHOWN, -0.3, -0.1, 0.05, 0, 100, null));
        JsonNode json = new ObjectMapper().readTree(ResultJson.of(result));
        assertEquals(json.at("/baseline/search"), json.at("/retrofitted/search"));
        assertEquals(json.at("/baseline/test"), json.at("/retrofitted/test"));
        assertEquals(0.45, json.at("/retrofitted/testInterval/0").asDouble());
        assertEquals(0, json.at("/retrofitted/candidate").asLong());
        assertEquals(0.3, json.at("/candidate/test").asDouble());
        assertEquals(0.25, json.at("/candidate/testInterval/0").asDouble());
        String page = ReportPage.of(result);
        assertTrue(page.contains("retrofitted.onnx is the shipped model; candidate.onnx is candidate 7."));
        assertEquals(1, page.split("etrofitted", -1).length - 1, "only the file");
    }

    @Test
    void anExtendedBudgetIsShownAsItEnded() throws IOException {
        String page = ReportPage.of(ReportTest.result(1, 158));
        assertTrue(page.contains("budget 300,"));
        Result extended = ReportTest.result(1, 310);
        assertTrue(ReportPage.of(extended).contains("budget 310 (300 at first),"));
        assertEquals(
                310,
                new ObjectMapper()
                        .readTree(ResultJson.of(extended))
                        .get("budget")
                        .asLong());
    }

    @Test
    void anIntervalShowsHoweverShortItIs() {
        Measured precise = new Measured(0.5, new Interval(0.4999, 0.5001));
        Measured other = new Measured(0.1, null);
        String chart = SplitChart.of(new SplitResult(precise, other, other, 100), null);
        double mark = number(chart, "<circle class=\"mark before\"[^>]* r=\"([0-9.]+)\"");
        double top = number(chart, "<line class=\"whisker before\" x1=\"([0-9.]+)\" y1=\"([0-9.]+)\" x2=\"\\1\"", 2);
        double middle = number(chart, "<circle class=\"mark before\"[^>]* cy=\"([0-9.]+)\"");
        assertTrue(middle - top > mark + 2, "the ends of the interval stand out above the mark");
        assertTrue(
                chart.indexOf("mark before") < chart.indexOf("whisker before"), "the mark does not cover the interval");
    }

    private static double number(String text, String pattern) {
        return number(text, pattern, 1);
    }

    private static double number(String text, String pattern, int group) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), pattern);
        return Double.parseDouble(found.group(group));
    }
}
