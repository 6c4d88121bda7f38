package io.afterlearner.local.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A study with everything that a list of advice proposes, but for ranges.
 *
 * @param left indices of guardrails that are left out of the promise, because they cannot be shown to be kept
 */
record Adopted(String yaml, List<Integer> left) {
    private static final Pattern SETTING = Pattern.compile(
            "(online\\.exposures|online\\.stop\\.\\w+|evaluation\\.timeout|optimizer\\.\\w+) to (\\w+)");
    private static final Pattern TIMEOUT =
            Pattern.compile("^evaluation\\.timeout: .*; set it to (\\w+)(?:, the maximum.*)?$");
    private static final Pattern LIMIT =
            Pattern.compile("^online\\.guardrails\\[(\\d)]: .* a limit of ([0-9.]+) can be shown");
    private static final Pattern LEFT = Pattern.compile("without ((?:online\\.guardrails\\[\\d](?: and )?)+)");

    static Adopted of(String yaml, JsonNode plan) {
        Map<String, String> settings = new HashMap<>();
        String changed = yaml;
        List<Integer> left = new ArrayList<>();
        for (JsonNode node : plan.get("advice")) {
            String line = node.asText();
            if (line.startsWith("online.metric: ")) {
                continue;
            }
            Matcher timeout = TIMEOUT.matcher(line);
            if (timeout.find()) {
                set(settings, "evaluation.timeout", timeout.group(1), plan);
            }
            Matcher setting = SETTING.matcher(line.replaceFirst(", or .*", ""));
            while (setting.find()) {
                set(settings, setting.group(1), setting.group(2), plan);
            }
            Matcher limit = LIMIT.matcher(line);
            if (limit.find()) {
                changed = limited(changed, Integer.parseInt(limit.group(1)), limit.group(2));
            }
            Matcher without = LEFT.matcher(line);
            if (without.find()) {
                without.group(1).chars().filter(Character::isDigit).forEach(digit -> left.add(digit - '0'));
            }
        }
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String value = setting.getValue();
            changed = switch (setting.getKey()) {
                case "online.exposures" -> once(changed, "(?m)^  exposures: \\d+$", "  exposures: " + value);
                case "online.stop.after" -> once(changed, "after: \\w+", "after: " + value);
                case "online.stop.exposures" -> once(changed, "stop: \\{exposures: \\w+", "stop: {exposures: " + value);
                case "optimizer.budget" -> once(changed, "budget: \\d+", "budget: " + value);
                case "optimizer.parallelism" -> once(changed, "parallelism: \\d+", "parallelism: " + value);
                case "evaluation.timeout" ->
                    changed.replaceAll("(?m)^evaluation: .*\n", "") + "evaluation: {timeout: " + value + "}\n";
                default -> throw new AssertionError(setting.toString());
            };
        }
        return new Adopted(changed, left);
    }

    /** One list must not say two things. */
    private static void set(Map<String, String> settings, String key, String value, JsonNode plan) {
        String other = settings.put(key, value);
        if (other != null) {
            throw new AssertionError(key + " is set to " + other + " and to " + value + " in " + plan.get("advice"));
        }
    }

    private static String limited(String yaml, int index, String limit) {
        Matcher stated = Pattern.compile("limit: [0-9.]+").matcher(yaml);
        for (int i = 0; i <= index; i++) {
            if (!stated.find()) {
                throw new AssertionError("no guardrail " + index + " in " + yaml);
            }
        }
        return yaml.substring(0, stated.start()) + "limit: " + limit + yaml.substring(stated.end());
    }

    private static String once(String yaml, String pattern, String replacement) {
        Matcher matcher = Pattern.compile(pattern).matcher(yaml);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + yaml);
        }
        return matcher.replaceFirst(replacement);
    }
}
