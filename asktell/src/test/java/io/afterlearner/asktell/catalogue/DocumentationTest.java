package io.afterlearner.asktell.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.asktell.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    private static String page = "";

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("..", "docs", "optimizers.md"));
    }

    @Test
    void theTableOfAutoMatchesTheCode() {
        List<String> rows = Auto.RULES.stream()
                .map(rule -> "| " + rule.when() + " | `" + rule.algorithm() + "` |")
                .toList();
        assertEquals(rows, tableUnder("| condition | algorithm |"));
    }

    @Test
    void theTableOfAlgorithmsNamesAllOfThem() {
        String named = String.join("\n", tableUnder("| name | algorithm | use it for |"));
        assertEquals(
                List.of(),
                Optimizers.names().stream()
                        .filter(name -> !named.contains("`" + name + "`"))
                        .toList());
    }

    /** The rows below a header and its rule. */
    private static List<String> tableUnder(String header) {
        return page.lines()
                .dropWhile(line -> !line.equals(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
