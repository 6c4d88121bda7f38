package io.afterlearner.study.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.study.InputError;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"[", "- ", "{a: ", "? "})
    void aDeeplyNestedFileIsOneErrorInsteadOfAStackOverflow(String opening) {
        InputError error = error("name: deep\nx:\n  " + opening.repeat(20_000));
        assertEquals("is nested more than 32 levels deep", error.problem());
        assertEquals(3, error.line());
        assertEquals("study.yaml:3: is nested more than 32 levels deep; remove the extra brackets", error.toString());
    }

    @Test
    void anErrorCarriesItsPlaceAsData() throws IOException {
        Yaml root = root("a:\n  - b: 1\n  - b: x\n");
        Yaml at = root.nearest("a[1].b.c");
        assertEquals(
                new InputError("study.yaml", 3, "a[1].b", "must be a whole number, not x", ""),
                assertThrows(InputException.class, () -> at.whole(1, 2)).error());
        assertEquals("a", root.nearest("a[7].b").place());
        assertEquals("", root.nearest("z").place());
    }

    @Test
    void anErrorIsOneLineWithoutControlCharacters() {
        assertEquals("a b\\u001bc", new InputError("", 0, "", "a \r\n b\u001bc", "").toString());
    }

    private InputError error(String text) {
        return assertThrows(InputException.class, () -> root(text)).error();
    }

    private Yaml root(String text) throws IOException {
        return Yaml.read(new Source("study.yaml", Files.writeString(folder.resolve("study.yaml"), text)));
    }

    @Test
    void aliasesThatMultiplyAreOneError() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 8; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(8)));
        }
        assertEquals(
                "is not valid YAML: Number of aliases for non-scalar nodes exceeds the specified max=20",
                error(bomb.toString()).problem());
        InputException self = assertThrows(InputException.class, () -> JsonText.of(root("a: &a [*a]\n")));
        assertEquals("must be nested at most 8 levels deep", self.error().problem());
    }
}
