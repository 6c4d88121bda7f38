package io.afterlearner.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Limits on source files and packages. Each rule returns what breaks it. */
final class SourceRules {
    static final int MAX_FILES_PER_PACKAGE = 25;
    static final int MAX_LINES_PER_FILE = 300;

    /** An empty fix, possibly before a cause. */
    private static final Pattern NO_FIX =
            Pattern.compile("(?:new (?:Refusal|DataException|AlephException|FetchException)|\\brefused|\\berror)"
                    + "\\((?:(?!replace)[^;{])*,\\s*\"\"\\s*(?:,\\s*\\w+\\s*)*\\)");

    private SourceRules() {}

    /** Every Java file below these folders that a person wrote. */
    static List<Path> sources(List<Path> folders) {
        return folders.stream().flatMap(SourceRules::below).toList();
    }

    private static Stream<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> crowdedPackages(List<Path> sources) {
        return byFolder(sources).entrySet().stream()
                .filter(entry -> entry.getValue().size() > MAX_FILES_PER_PACKAGE)
                .map(entry -> entry.getKey() + " has " + entry.getValue().size() + " files, more than "
                        + MAX_FILES_PER_PACKAGE)
                .toList();
    }

    static List<String> longFiles(List<Path> sources) {
        return sources.stream()
                .filter(file -> lines(file).size() > MAX_LINES_PER_FILE)
                .map(file -> file + " has " + lines(file).size() + " lines, more than " + MAX_LINES_PER_FILE)
                .toList();
    }

    /** Packages that do not say in a package-info.java what lives there, or whose nulls are not checked. */
    static List<String> unexplainedPackages(List<Path> sources) {
        return byFolder(sources).keySet().stream()
                .filter(folder -> !explained(folder.resolve("package-info.java")))
                .map(folder -> folder + " needs a package-info.java with a sentence and @NullMarked")
                .toList();
    }

    private static boolean explained(Path info) {
        if (!Files.exists(info)) {
            return false;
        }
        String text = String.join("\n", lines(info));
        return text.contains("/**") && text.contains("@NullMarked");
    }

    /** Refusals of a person's input that do not say how to fix it. */
    static List<String> missingFixes(List<Path> sources) {
        return sources.stream()
                .filter(file -> NO_FIX.matcher(String.join("\n", lines(file))).find())
                .map(file -> file + " refuses something with an empty fix; say how to correct it")
                .toList();
    }

    private static Map<Path, List<Path>> byFolder(List<Path> sources) {
        return sources.stream().collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.toList()));
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
