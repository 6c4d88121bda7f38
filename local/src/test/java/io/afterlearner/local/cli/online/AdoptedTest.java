package io.afterlearner.local.cli.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list of advice is applied as a whole, and the study is planned again: it does what the list says. */
class AdoptedTest extends PlannedStudy {
    private static final Pattern PROMISE =
            Pattern.compile("; for ([0-9.]+) %, .*such a lift is then promoted after about ([0-9.,]+ \\w+)");

    private static String study(String name) {
        String online = switch (name) {
            case "renewal" -> """
                      unit: user
                      explore: 0.3
                      control: 0.1
                      metric: {field: renewed, aggregate: rate, goal: maximize}
                      window: 30d
                      exposures: 500
                      cycle: 7d
                      minimumRun: 7d
                      stop: {after: 180d}
                    optimizer: {budget: 200, parallelism: 8}
                    """;
            case "dwell" -> """
                      unit: request
                      explore: 0.02
                      control: 0.01
                      metric: {field: dwell, aggregate: mean, range: [0, 3600], goal: maximize}
                      window: 10m
                      exposures: 200
                      minimumRun: 1d
                      cycle: 7d
                      confidence: 0.99
                      guardrails:
                        - {metric: {field: crash, aggregate: rate, goal: minimize}, limit: 1.0}
                        - {metric: {field: nps, aggregate: mean, range: [0, 10], goal: maximize}, limit: 0.99}
                      stop: {exposures: 50000, after: 3d}
                    optimizer: {budget: 100, parallelism: 8}
                    """;
            case "tickets" -> """
                      unit: session
                      explore: 0.2
                      control: 0.1
                      metric: {field: tickets, aggregate: sum, range: [0, 50], goal: minimize, silence: 0}
                      window: 7d
                      horizon: 14d
                      exposures: 100
                      minimumRun: 14d
                      guardrails:
                        - {metric: {field: churn, aggregate: rate, goal: minimize}, limit: 1.1}
                      stop: {after: 90d}
                    optimizer: {budget: 50, parallelism: 4}
                    """;
            case "revenue" -> """
                      unit: user
                      explore: 0.4
                      control: 0.3
                      metric: {field: revenue, aggregate: sum, range: [0, 100000], goal: maximize, silence: 0, winsorise: 0.999}
                      window: 2s
                      exposures: 40
                      minimumRun: 2s
                      stop: {after: 6h}
                    optimizer: {budget: 30, parallelism: 3}
                    """;
            case "buy" -> """
                      unit: user
                      explore: 0.3
                      control: 0.1
                      metric: {field: buy, aggregate: rate, goal: maximize}
                      window: 1h
                      exposures: 200
                      guardrails:
                        - {metric: {field: latency, aggregate: p99, range: [0, 5000], goal: minimize}, limit: 1.02}
                        - {metric: {field: errors, aggregate: rate, goal: minimize}, limit: 1.01}
                    optimizer: {budget: 100, parallelism: 8}
                    """;
            case "slices" -> """
                      unit: user
                      slice: 10m
                      explore: 0.4
                      control: 0.2
                      metric: {field: errors, aggregate: mean, range: [0, 1], goal: minimize}
                      window: 5m
                      exposures: 30
                    optimizer: {budget: 60, parallelism: 4}
                    """;
            case "orders" -> """
                      unit: user
                      explore: 0.2
                      control: 0.05
                      metric: {field: revenue, aggregate: sum, range: [0, 100000], goal: maximize, silence: 0, winsorise: 0.999}
                      window: 7d
                      exposures: 500
                    optimizer: {budget: 100, parallelism: 8}
                    evaluation: {timeout: 20d}
                    """;
            case "listens" -> """
                      unit: user
                      explore: 0.2
                      control: 0.1
                      metric: {field: listens, aggregate: sum, range: [0, 200], goal: maximize, silence: 0, covariate: past}
                      window: 1d
                      exposures: 150
                      minimumRun: 7d
                    optimizer: {budget: 100, parallelism: 1}
                    evaluation: {timeout: 2d}
                    """;
            default -> throw new IllegalArgumentException(name);
        };
        return "name: " + name
                + "\nmodel: {uri: tiny.onnx}\naleph:\n  - {tensor: b, transform: shift, range: [-2, 2]}\n" + "online:\n"
                + online;
    }

    private static final String TRAFFICS = """
            renewal | --units-per-day 3000 --baseline 0.7
            renewal | --units-per-day 30000 --baseline 0.2
            dwell   | --units-per-day 200000000 --baseline 45 --sd 120 --guardrail crash=0.0001 --guardrail nps=7,2
            dwell   | --units-per-day 2000000 --baseline 45 --sd 120 --guardrail crash=0.0001 --guardrail nps=7,2
            dwell   | --units-per-day 200000000 --baseline 45 --sd 120 --guardrail crash=0.0000001 --guardrail nps=7,2
            tickets | --units-per-day 3000 --baseline 0.8 --sd 2 --guardrail churn=0.05
            tickets | --units-per-day 20000 --baseline 0.8 --sd 2 --guardrail churn=0.05
            tickets | --units-per-day 20000 --baseline 3 --sd 3 --guardrail churn=0.3
            revenue | --units-per-day 10000 --baseline 30 --sd 300
            buy     | --units-per-day 3000 --baseline 0.03 --guardrail latency=120,60 --guardrail errors=0.01
            buy     | --units-per-day 900 --baseline 0.3 --guardrail latency=120,60 --guardrail errors=0.1
            slices  | --baseline 0.02 --sd 0.01
            orders  | --units-per-day 100000 --baseline 30 --sd 150
            listens | --units-per-day 2000 --baseline 12 --sd 20
            listens | --units-per-day 100 --baseline 12 --sd 20
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TRAFFICS)
    void theListAsAWholeDoesWhatItSays(String name, String traffic) throws IOException {
        String yaml = study(name);
        String[] options = traffic.split(" ");
        JsonNode before = json(yaml, options);
        String advice = before.get("advice").toString();
        Matcher promise = PROMISE.matcher(advice);
        assertTrue(promise.find(), advice);
        Adopted adopted = Adopted.of(yaml, before);
        JsonNode after = json(adopted.yaml(), without(adopted.left(), before, lift(promise.group(1), options)));
        JsonNode duel = after.at("/duels/0");
        assertTrue(duel.get("obstacle").isNull(), advice + after);
        assertEquals(promise.group(2), Words.time(duel.get("promotionMillis").asLong()), advice + after);
        if (advice.contains("are told\"") && !advice.matches(".*settings above, \\d+ of \\d+ are told.*")) {
            assertFalse(after.get("advice").toString().contains("it ends the search"), advice + after);
        }
        String rest = after.get("advice").toString();
        assertFalse(rest.contains("set online") || rest.contains("online.guardrails[0]:"), advice + after);
        assertFalse(rest.contains("expires"), advice + after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TRAFFICS)
    void theLeastLiftIsNotAboveOneThatIsTried(String name, String traffic) throws IOException {
        JsonNode plan = json(study(name), traffic.split(" "));
        double least = plan.get("detectableLift").asDouble(Double.POSITIVE_INFINITY);
        plan.get("duels")
                .forEach(duel -> assertEquals(
                        duel.get("tried").asBoolean(), duel.get("lift").asDouble() >= least, plan.toString()));
    }

    /** With fewer exposures and candidates, the lift is promoted. */
    @Test
    void noLiftIsOutOfReachThatOtherSettingsReach() throws IOException {
        String yaml =
                study("renewal").replace("exposures: 500", "exposures: 100").replace("180d", "365d");
        String[] options = {"--units-per-day", "3000", "--baseline", "0.7", "--lift", "0.4"};
        String other = yaml.replace("budget: 200, parallelism: 8", "budget: 20, parallelism: 2");
        assertTrue(json(other, options).at("/duels/0/promotionMillis").isNumber());
        String advice = json(study("renewal"), options).get("advice").toString();
        assertFalse(advice.contains("out of reach"), advice);
    }

    @Test
    void aVerdictSaysWhatWasTried() throws IOException {
        String advice = json(study("renewal"), "--units-per-day", "300", "--baseline", "0.7", "--lift", "0.05")
                .get("advice")
                .toString();
        assertTrue(advice.contains("a lift of 5 % is out of reach with this traffic: "), advice);
        assertTrue(
                advice.contains(
                        "; tried in vain: fewer online.exposures, optimizer.parallelism down to 1, optimizer.budget"
                                + " down to 10; "),
                advice);
    }

    @Test
    void theRangeComesFirst() throws IOException {
        JsonNode advice =
                json(study("slices"), "--baseline", "0.02", "--sd", "0.01").get("advice");
        assertTrue(advice.get(0).asText().startsWith("online.metric.range: "), advice.toString());
        assertTrue(advice.get(1).asText().startsWith("online.exposures: with the range as it is, "), advice.toString());
    }

    private static String[] lift(String percent, String... options) {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.add("--lift");
        all.add(String.valueOf(Double.parseDouble(percent) / 100));
        return all.toArray(String[]::new);
    }

    /** Omits what is known of some guardrails. */
    private static String[] without(List<Integer> left, JsonNode plan, String... options) {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        for (int index : left) {
            String name = plan.at("/guardrails/" + index + "/metric").asText();
            int at = all.indexOf(all.stream()
                    .filter(option -> option.startsWith(name + "="))
                    .findFirst()
                    .orElseThrow());
            all.remove(at);
            all.remove(at - 1);
        }
        return all.toArray(String[]::new);
    }
}
