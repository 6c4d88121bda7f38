package io.afterlearner.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about the repository is true: their paths exist, and the table of modules is the table of {@link Modules}. */
class DocsTest {
    private static final Path REPOSITORY = Modules.repository();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern QUOTED = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| ([a-z]+) \\| .* \\| ?(.*) ?\\|$");
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".afterlearner", "afterlearner-out", "node_modules");

    @Test
    void everyLinkPointsToAFileAndAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : files("**.md")) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String to = link.group(1);
                Path file = to.isEmpty() ? document : document.resolveSibling(to);
                String heading = link.group(2);
                if (!to.contains(":")
                        && (!Files.exists(file)
                                || (heading != null
                                        && file.toString().endsWith(".md")
                                        && !headings(file).contains(heading)))) {
                    broken.add(REPOSITORY.relativize(document) + ": " + link.group());
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    /** A heading that has a table's bars has swallowed the table below it. */
    @Test
    void noHeadingHasATable() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : files("**.md")) {
            HEADING.matcher(Files.readString(document))
                    .results()
                    .filter(heading -> heading.group().contains(" | "))
                    .forEach(heading -> broken.add(REPOSITORY.relativize(document) + ": " + heading.group()));
        }
        assertEquals(List.of(), broken);
    }

    /** The headings' names in links, as GitHub makes them. */
    private static List<String> headings(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void everyQuotedPathExists() throws IOException {
        Set<String> top = Set.copyOf(topLevel());
        List<String> broken = new ArrayList<>();
        for (Path document : files("**.md")) {
            Matcher quoted = QUOTED.matcher(Files.readString(document));
            while (quoted.find()) {
                String path = quoted.group(1);
                boolean ours = path.contains("/") && top.contains(path.substring(0, path.indexOf('/')));
                if (ours && !path.matches(".*[<>*].*|(.*/)?target/.*") && !Files.exists(REPOSITORY.resolve(path))) {
                    broken.add(REPOSITORY.relativize(document) + ": " + path);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void theDocumentedModulesAreTheModulesOfTheTable() throws IOException {
        List<MavenModule> drawn = Files.readAllLines(REPOSITORY.resolve("ARCHITECTURE.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(DocsTest::module)
                .toList();
        assertEquals(
                Modules.ALL.stream().map(DocsTest::line).sorted().toList(),
                drawn.stream().map(DocsTest::line).sorted().toList());
    }

    private static MavenModule module(Matcher row) {
        List<String> sees = Stream.of(row.group(3).split("[`, ]+"))
                .filter(name -> !name.isBlank())
                .toList();
        return new MavenModule(
                row.group(1), MavenModule.Layer.valueOf(row.group(2).toUpperCase(Locale.ROOT)), "", sees, List.of());
    }

    private static String line(MavenModule module) {
        return module.folder() + " in " + module.layer() + " imports "
                + module.sees().stream().sorted().toList();
    }

    @Test
    void nothingIsMended() throws IOException {
        String old = "men" + "d";
        Pattern word = Pattern.compile("\\b" + old + "(ed)?\\b", Pattern.CASE_INSENSITIVE);
        List<String> found = new ArrayList<>();
        for (Path file : files("**.{md,java,html}")) {
            if (word.matcher(Files.readString(file)).find()) {
                found.add(REPOSITORY.relativize(file).toString());
            }
        }
        assertEquals(List.of(), found, () -> "say fix instead of " + old);
    }

    private static List<String> topLevel() throws IOException {
        try (Stream<Path> list = Files.list(REPOSITORY)) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static List<Path> files(String glob) throws IOException {
        PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(REPOSITORY, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (wanted.matches(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertFalse(found.isEmpty(), glob);
        return found;
    }
}
