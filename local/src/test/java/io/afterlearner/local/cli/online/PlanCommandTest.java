package io.afterlearner.local.cli.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.local.cli.Cli;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest extends PlannedStudy {
    @Test
    void saysWhatAStudyTakesWhatItCanShowAndWhatWouldHaveToChange() throws IOException {
        Cli.Output output = plan(TinyStudy.ONLINE, TRAFFIC);
        assertEquals(0, output.exit(), output.err());
        for (String part : List.of(
                "traffic        5,000 observations a day",
                "a candidate    150 exposures, 14 h",
                "60 candidates",
                "least lift",
                "unknown: add --guardrail latencyMillis=MEAN,SD",
                "- online.exposures: a duel can show lifts of ")) {
            assertTrue(output.out().contains(part), part + " in " + output.out());
        }
    }

    @Test
    void theDocumentationShowsItsOutput() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Cli.Output output = new Cli(home)
                .run(("online plan " + root.resolve("examples/online/study.yaml")
                                + " --units-per-day 8000 --visits-per-unit 3 --baseline 1.3 --sd 1.5 --guardrail"
                                + " latency=180,60 --home " + home)
                        .split(" "));
        assertEquals(0, output.exit(), output.err());
        String documented = Files.readString(root.resolve("docs/online.md"));
        assertTrue(documented.contains("```\n" + output.out() + "```\n"), output.out());
    }

    @Test
    void printsJson() throws IOException {
        JsonNode plan = json(TinyStudy.ONLINE, "--units-per-day", "50000", "--baseline", "0.04", "--lift", "0.05,5");
        assertEquals(50_000, plan.get("observationsPerDay").asDouble());
        // 150 exposures of the 2,500 a day that one of four slots gets, and a window and half a horizon of 30 s.
        assertEquals(86_400_000 * 0.06 + 45_000, plan.get("candidateMillis").asDouble(), 2);
        assertFalse(plan.get("duels").get(0).get("tried").asBoolean());
        assertTrue(plan.get("duels").get(1).get("tried").asBoolean());
        assertEquals(0.24, plan.get("duels").get(1).get("level").asDouble(), 1e-9);
        assertTrue(plan.get("guardrails").get(0).get("exposures").isNull());
    }

    @Test
    void quantilesAndSumsHaveAStandardDeviation() throws IOException {
        JsonNode plan = json(
                TinyStudy.ONLINE,
                "--units-per-day",
                "5000",
                "--baseline",
                "0.04",
                "--guardrail",
                "latencyMillis=120,20");
        assertTrue(plan.get("guardrails").get(0).get("exposures").asLong() > 150, plan.toString());
        JsonNode sum = json(TinyStudy.CLICKED, "--units-per-day", "50000", "--baseline", "1.3", "--sd", "2");
        assertTrue(sum.get("detectableLift").asDouble() > 0, sum.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                                         | --units-per-day is missing; give the units that come in a day
        --units-per-day 50                         | --baseline is missing; give the level of click
        --units-per-day 0 --baseline 0.1           | --units-per-day must be 1 to 1,000,000,000, not 0;
        --units-per-day 5e9 --baseline 0.1         | --units-per-day must be 1 to 1,000,000,000, not 5000000000;
        --units-per-day many --baseline 0.1        | Invalid value for option '--units-per-day': 'many' is not a number;
        --units-per-day 50 --baseline 2            | --baseline: the rate of click must lie within its range of 0 to 1 and must not be 0, because lifts and limits are relative to it; it is 2;
        --units-per-day 50 --baseline 0            | --baseline: the rate of click must lie within its range of 0 to 1
        --units-per-day 50 --baseline NaN          | --baseline: the rate of click must lie within its range of 0 to 1
        --units-per-day 50 --baseline .1 --sd 1    | --sd: click is a rate, which needs no standard deviation;
        --units-per-day 50 --baseline 1            | --baseline: the rate of click must be below 1, because
        --units-per-day 50 --baseline .1 --guardrail load=1,2          | --guardrail load: no guardrail has this metric; use one of [latencyMillis]
        --units-per-day 50 --baseline .1 --guardrail latencyMillis=1   | --guardrail latencyMillis: the standard deviation of p99 of latencyMillis is missing;
        --units-per-day 50 --baseline .1 --guardrail latencyMillis=a,1 | --guardrail latencyMillis=a,1 is not MEAN,SD; write
        --units-per-day 50 --baseline .1 --lift 0  | --lift must be 0.001 to 9, where the metric's range ends, not 0; a lift of 10 % is 0.1
        --units-per-day 50 --baseline .1 --guardrail latencyMillis     | --guardrail latencyMillis is not METRIC=MEAN, which is for a rate, or METRIC=MEAN,SD;
        --units-per-day 50 --baseline .1 --guardrail latencyMillis=1,2 --guardrail latencyMillis=1,3 | --guardrail latencyMillis is given twice;
        --units-per-day 50 --baseline .9999 --lift 0.1 | --lift: the metric's range ends less than 0.001 from the baseline
        --units-per-day 50 --baseline .1 --visits-per-unit 0.5 | --visits-per-unit must be 1 to 1,000,000, not 0.5;
        --units-per-day 50 --baseline .1 --visits-per-unit 2881 | --visits-per-unit must be at most 2880, not 2881, because all visits within a horizon, which is 30s, are one observation;
        """)
    void wrongOptionsAreOneLineWithTheFix(String options, String what) throws IOException {
        Cli.Output output = plan(TinyStudy.ONLINE, options.isEmpty() ? new String[0] : options.split(" "));
        assertEquals(2, output.exit(), output.err());
        assertEquals(1, output.err().lines().count(), output.err());
        assertTrue(output.err().startsWith("afterlearner: " + what), output.err());
    }

    @Test
    void aMeanAtTheEndOfTheRangeShowsNothing() throws IOException {
        Cli.Output output = plan(TinyStudy.CLICKED, "--units-per-day", "5000", "--baseline", "10", "--sd", "1");
        assertEquals(2, output.exit(), output.err());
        assertTrue(
                output.err()
                        .startsWith(
                                "afterlearner: --baseline: the mean of click must not be 10, where its range ends, "),
                output.err());
    }

    @Test
    void aHorizonAboveADaySaysWhichUnitsCount() throws IOException {
        String yaml = TinyStudy.ONLINE.replace("window: 30s", "window: 1h\n  horizon: 7d");
        String text = plan(yaml, TRAFFIC).out();
        assertTrue(
                text.contains("traffic        714 observations a day: one of each of the 5,000 units that come within a"
                        + " horizon of 7d\n"),
                text);
    }

    @Test
    void requestsDoNotReturn() throws IOException {
        String yaml = TinyStudy.ONLINE.replace("unit: user", "unit: request");
        Cli.Output output = plan(yaml, "--units-per-day", "5000", "--baseline", "0.04", "--visits-per-unit", "3");
        assertTrue(output.err().startsWith("afterlearner: --visits-per-unit is not for requests"), output.err());
        assertEquals(2, output.exit(), output.out());
    }

    @Test
    void standardDeviationsAreRounded() throws IOException {
        Cli.Output output = plan(TinyStudy.CLICKED, "--units-per-day", "5000", "--baseline", "1.3", "--sd", "7");
        assertTrue(
                output.err().contains("must be above 0 and at most 3.363 with this mean and range, not 7;"),
                output.err());
    }

    /** Where units differ in their sessions, the deviation may be larger than any of values in the range. */
    @Test
    void aRatioIsPlannedByItsStandardErrorTimesTheRootOfTheExposures() throws IOException {
        String yaml = TinyStudy.ONLINE.replace(
                "aggregate: rate", "aggregate: ratio, range: [0, 1], per: {field: visits, most: 9}");
        Cli.Output missing = plan(yaml, TRAFFIC);
        assertTrue(
                missing.err()
                        .endsWith(
                                "give --sd SD: for a ratio the standard error of its estimate times the square root of the"
                                        + " exposures\n"),
                missing.err());
        Cli.Output text = plan(yaml, "--units-per-day", "5000", "--baseline", "0.3", "--sd", "0.6");
        assertTrue(text.out().contains("baseline       click per visits 0.3"), text.out() + text.err());
        JsonNode some = json(yaml, "--units-per-day", "5000", "--baseline", "0.3", "--sd", "0.3", "--lift", "0.2");
        JsonNode much = json(yaml, "--units-per-day", "5000", "--baseline", "0.3", "--sd", "0.6", "--lift", "0.2");
        double times = much.get("duels").get(0).get("exposures").asDouble()
                / some.get("duels").get(0).get("exposures").asDouble();
        assertTrue(times > 2 && times < 5, times + " times the exposures");
    }

    @Test
    void aRateGuardrailIsAskedForItsRate() throws IOException {
        String yaml = TinyStudy.ONLINE.replace(
                "aggregate: p99, goal: minimize, range: [0, 1000]", "aggregate: rate, goal: minimize");
        Cli.Output text = plan(yaml, TRAFFIC);
        assertTrue(text.out().contains("unknown: add --guardrail latencyMillis=RATE"), text.out());
        Cli.Output refused =
                plan(yaml, "--units-per-day", "5000", "--baseline", "0.04", "--guardrail", "latencyMillis=x");
        assertTrue(refused.err().contains("--guardrail latencyMillis=x is not RATE;"), refused.err());
    }

    @Test
    void aStudyOfSlicesHasItsUnitsFromTheFile() throws IOException {
        String yaml = TinyStudy.ONLINE
                .replace("unit: user\n", "unit: request\n  slice: 10m\n")
                .replace("token: ctx.token", "id: eventId");
        assertEquals(
                144, json(yaml, "--baseline", "0.3").get("observationsPerDay").asDouble());
        Cli.Output text = plan(yaml, "--baseline", "0.3", "--guardrail", "latencyMillis=120,20");
        for (String part : List.of(
                "traffic        144 slices a day, one observation each",
                "baseline       slices with click 0.3",
                "p99 of latencyMillis per slice")) {
            assertTrue(text.out().contains(part), part + " in " + text.out() + text.err());
        }
        assertTrue(json(yaml, "--baseline", "0.3").get("perSlice").asBoolean());
        Cli.Output output = plan(yaml, TRAFFIC);
        assertEquals(2, output.exit(), output.err());
        assertTrue(
                output.err().startsWith("afterlearner: --units-per-day and --visits-per-unit are not for"),
                output.err());
    }

    @Test
    void aStudyOnDataIsRefused() throws IOException {
        Cli.Output output = plan(TinyStudy.YAML, TRAFFIC);
        assertEquals(2, output.exit(), output.err());
        assertTrue(output.err().contains(": is not an online study"), output.err());
    }

    @Test
    void createWarnsOfWhatFollowsWithoutTrafficAndOfMoreWithIt() throws IOException {
        String tight = TinyStudy.ONLINE.replace(
                "stop: {exposures: 100000, after: 14d}", "stop: {exposures: 3000, after: 14d}");
        String warning = "warning: online.stop.exposures: 3,000 exposures suffice for at most 20 of 60 candidates; ";
        assertTrue(create(tight).contains(warning));
        assertFalse(create(TinyStudy.ONLINE).contains("warning"));
        String slow = TinyStudy.ONLINE.replace("window: 30s", "window: 30s\n  cycle: 14d");
        assertTrue(create(slow).contains("warning: online.stop.after: nothing can be promoted within 14d"));
        String traffic = create(TinyStudy.ONLINE, "--units-per-day", "500", "--baseline", "0.04");
        assertTrue(traffic.contains("warning: online.stop: it ends the search after "), traffic);
        // A duel can show some lift, but none of those that plan plans.
        String loose = TinyStudy.ONLINE.replace("  stop: {exposures: 100000, after: 14d}\n", "");
        String[] rare = {"--units-per-day", "5000", "--baseline", "0.004"};
        JsonNode plan = json(loose, rare);
        assertTrue(plan.get("detectableLift").asDouble() > 0.4, plan.toString());
        String warned = create(loose, rare);
        for (JsonNode line : plan.get("advice")) {
            assertTrue(warned.contains("warning: " + line.asText() + "\n"), line + " in " + warned);
        }
        assertTrue(warned.contains("warning: online.exposures: a duel can show lifts of "), warned);
        String incomplete = create(TinyStudy.ONLINE, "--visits-per-unit", "3");
        assertTrue(incomplete.contains("afterlearner: --units-per-day is missing"), incomplete);
    }

    @Test
    void createRefusesTrafficForAStudyOnData() throws IOException {
        String refused = create(TinyStudy.YAML, TRAFFIC);
        assertTrue(refused.contains(": is not an online study; omit the options of traffic"), refused);
    }

    /** No stack runs, so it ends after the warnings. */
    private String create(String yaml, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("study", "create", file(yaml), "--home", home.toString()));
        words.addAll(Arrays.asList(options));
        return new Cli(home).run(words.toArray(String[]::new)).err();
    }

    @Test
    void helpHasExamples() throws IOException {
        String help = new Cli(home).run("online", "plan", "--help").out();
        assertTrue(help.contains("./afterlearner online plan online.yaml --units-per-day 50000 --baseline 0.04"), help);
        assertTrue(help.replaceAll("\\s+", " ").contains("With slices: the mean over slices of each"), help);
    }
}
