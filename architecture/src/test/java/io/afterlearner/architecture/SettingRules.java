package io.afterlearner.architecture;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds settings of ours that are read, but whose values nobody checks: see {@code io.afterlearner.access.settings}. */
final class SettingRules {
    private static final Pattern CONSTANT = Pattern.compile("String (\\w+)\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern INJECTED = Pattern.compile("@ConfigProperty\\(\\s*name\\s*=\\s*([\\w.\"-]+)");
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(\\s*prefix\\s*=\\s*\"([^\"]+)\"");
    private static final Pattern METHOD = Pattern.compile("(?m)^ {4}[\\w<>, ]+ (\\w+)\\(\\);");
    private static final Pattern CHECKED =
            Pattern.compile("\\bSetting\\s*\\.\\w+\\(\\s*([\\w.\"-]+)(?:\\s*\\+\\s*\"([^\"]+)\")?");

    private SettingRules() {}

    static List<String> unchecked(List<Path> sources) {
        Map<Path, String> texts = new HashMap<>();
        sources.forEach(source -> texts.put(source, String.join("\n", SourceRules.lines(source))));
        Map<String, String> constants = new HashMap<>();
        texts.forEach((source, text) -> matches(CONSTANT, text)
                .forEach(found -> constants.put(type(source) + "." + found.group(1), found.group(2))));
        Set<String> read = new TreeSet<>();
        Set<String> checked = new HashSet<>();
        texts.forEach((source, text) -> {
            matches(INJECTED, text).forEach(found -> read.add(value(source, found.group(1), constants)));
            matches(MAPPING, text)
                    .forEach(mapping -> matches(METHOD, text)
                            .forEach(found -> read.add(mapping.group(1) + "." + dashed(found.group(1)))));
            matches(CHECKED, text)
                    .forEach(found -> checked.add(value(source, found.group(1), constants) + rest(found)));
        });
        return read.stream()
                .filter(name -> name.startsWith("afterlearner.") && !checked.contains(name))
                .map(name -> name + " is read, but not in the Settings of its module; add it with its range")
                .toList();
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().toList();
    }

    private static String rest(MatchResult found) {
        @Nullable String rest = found.group(2);
        return rest == null ? "" : rest;
    }

    /** A literal, or a constant of this or another class. */
    private static String value(Path source, String expression, Map<String, String> constants) {
        if (expression.startsWith("\"")) {
            return expression.replace("\"", "");
        }
        String name = expression.contains(".") ? expression : type(source) + "." + expression;
        return constants.getOrDefault(name, "");
    }

    private static String type(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    private static String dashed(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
