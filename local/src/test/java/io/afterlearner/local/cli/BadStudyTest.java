package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.TinyStudy.Array;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error in a study.yaml is one line with its place, found before anything starts. */
class BadStudyTest {
    @TempDir
    static Path folder;

    @TempDir
    Path home;

    @BeforeAll
    static void writeStudy() throws IOException {
        System.setProperty("afterlearner.root", folder.toString());
        TinyStudy.write(folder);
        arrays("narrow.npz", new Array("x", new float[8], 4, 2), new Array("target", new float[4], 4, 1));
        arrays("untargeted.npz", new Array("x", new float[12], 4, 3));
        arrays("unfed.npz", new Array("z", new float[12], 4, 3), new Array("target", new float[4], 4, 1));
        arrays("ragged.npz", new Array("x", new float[9], 3, 3), new Array("target", new float[4], 4, 1));
        arrays("wide.npz", new Array("x", new float[12], 4, 3), new Array("target", new float[20], 4, 5));
        Files.createDirectory(folder.resolve("folder"));
        Files.writeString(folder.resolve("garbage"), "neither a model nor data");
        Files.write(
                folder.resolve("huge.onnx"), TinyStudy.declaring(1_000_000_000L).toByteArray());
        byte[] model = Files.readAllBytes(folder.resolve("tiny.onnx"));
        Files.write(folder.resolve("cut.onnx"), java.util.Arrays.copyOf(model, model.length / 2));
    }

    private static void arrays(String name, Array... arrays) throws IOException {
        TinyStudy.arrays(folder.resolve(name), arrays);
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        budget: 60         | budgett: 60          | 15 | optimizer.budgett: unknown key; did you mean budget?
        name: tiny         | nam: tiny            | 1  | nam: unknown key; did you mean name?
        per: tensor        | pre: tensor          | 4  | aleph[0].pre: unknown key; did you mean per?
        name: tiny         | "name: [tiny]"       | 1  | name: must be text, not a list
        name: tiny         | name: Tiny Study     | 1  | name: must be 1 to 63 of a-z
        budget: 60         | budget: many         | 15 | optimizer.budget: must be a whole number, not many
        budget: 60         | budget: 0            | 15 | optimizer.budget: must be at least 1, not 0
        budget: 60         | budget: 99999999999  | 15 | optimizer.budget: must be at most 10000000
        parallelism: 4     | parallelism: 4097    | 16 | optimizer.parallelism: must be at most 4096, not 4097
        type: auto         | type: autoo          | 14 | optimizer.type: unknown value autoo; did you mean auto?
        seed: 1            | seed: 1.5            | 17 | optimizer.seed: must be a whole number, not 1.5
        tiny.onnx          | tny.onnx             | 2  | model.uri: there is no file
        tiny.onnx          | folder               | 2  | is a folder, which is not supported; give the .onnx file
        tiny.onnx          | garbage              | 2  | model.uri: garbage: not an ONNX model
        tiny.onnx          | cut.onnx             | 2  | model.uri: cut.onnx: not an ONNX model, or truncated
        tiny.onnx          | huge.onnx            | 2  | model.uri: huge.onnx:
        uri: tiny.onnx     | "uri: tiny.onnx, sha256: 00" | 2 | model.sha256: must be 64 hexadecimal digits
        tensor: b          | tensor: bb           | 5  | aleph[1].tensor: no tensor 'bb' in tiny.onnx; did you mean b?
        "[-2, 2]"          | "[1, 2]"             | 7  | aleph[1].range: tensor 'b' is as shipped if the parameter is 0.0, outside the range [1.0, 2.0]; widen the range
        "[-2, 2]"          | "[2, -2]"            | 7  | aleph[1].range: must be [low, high] with low below high
        "[-2, 2]"          | "[-2, 2, 3]"         | 7  | aleph[1].range: must be two numbers
        "[-2, 2]"          | "[-2, .nan]"         | 7  | aleph[1].range[1]: must be a decimal number, not .nan
        "[-2, 2]"          | "[-2, 1e999]"        | 7  | aleph[1].range[1]: must be at most 1.7976931348623157E308 in size, not 1e999
        step: 0.3          | step: -1             | 8  | aleph[1].step: must be above 0
        transform: shift   | transform: shfit     | 6  | aleph[1].transform: unknown value shfit; did you mean shift?
        search: search.npz | search: missing.npz  | 10 | data.search: there is no file
        search: search.npz | search: garbage      | 10 | data.search:
        search: search.npz | search: narrow.npz   | 10 | data.search: array "x" has shape [4, 2], but the model reads FLOAT [batch, 3]; make all
        search: search.npz | search: untargeted.npz | 10 | data.search: the data has no array "target"
        search: search.npz | search: unfed.npz    | 10 | data.search: the data has no array "x"
        search: search.npz | search: ragged.npz   | 10 | data.search: array "x" of shape [3, 3] has 3 examples (axis 0), but array "target" of shape [4,
        test: test.npz     | test: narrow.npz     | 11 | data.test: array "x" has shape
        test: test.npz     | test: search.npz     | 11 | data.test: has the same examples as data.search
        type: rmse         | type: rms            | 12 | loss.type: unknown loss rms; did you mean rmse?
        type: rmse         | "type: rmse, dleta: 1" | 12 | loss.dleta: loss rmse has no setting "dleta"
        type: rmse         | type: depth-threshold, delta: 0.5 | 12 | loss.delta: setting delta of loss depth-threshold is 0.5; give a number
        search: search.npz | search: wide.npz     | 12 | loss: rmse cannot compare output y [1] (FLOAT) with target [5]
        timeout: 30s       | timeout: 30          | 18 | evaluation.timeout: must be a duration such as 500ms
        pool: default      | pool: De_fault       | 18 | evaluation.pool: must be 1 to 63 of
        pool: default      | pool: online         | 18 | evaluation.pool: cannot be online, which is reserved for online studies
        timeout: 30s       | timeout: 2d          | 18 | evaluation.timeout: must be 100ms to 1d, not 2d
        name: tiny         | "name: tiny\\tx: ["  | 1  | is not valid YAML
        """)
    void isOneLineWithItsPlace(String right, String wrong, int line, String what) throws IOException {
        Cli.Output output = retrofit(TinyStudy.YAML.replace(right, wrong.replace("\\t", "\n")));
        assertEquals(2, output.exit(), output.err());
        assertEquals(1, output.errLines().size(), output.err());
        String expected = what.equals("is not valid YAML") ? "study.yaml:" : "study.yaml:" + line + ": ";
        String error = output.err().replace(folder + "/bad-", "");
        assertTrue(error.startsWith(expected), error);
        assertTrue(error.contains(what), error);
        assertFalse(Files.exists(home.resolve("kafka")), "a broker was started");
    }

    @Test
    void aMissingFileIsOneLine() {
        Cli.Output output = new Cli(home).retrofit(folder.resolve("nowhere.yaml"));
        assertEquals(2, output.exit());
        assertEquals(
                List.of(folder.resolve("nowhere.yaml") + ": there is no such file; check the path"), output.errLines());
    }

    @Test
    void aDigestOfAnotherFileIsRefusedWithTheRightOne() throws IOException {
        String digest = "ab".repeat(32);
        Cli.Output output = retrofit(TinyStudy.YAML.replace("tiny.onnx", "tiny.onnx, sha256: " + digest));
        assertEquals(2, output.exit());
        assertTrue(output.err().contains("study.yaml:2: model.sha256: is not the digest of tiny.onnx, which has "));
    }

    @Test
    void anUnknownCommandOffersTheNearest() {
        Cli.Output output = new Cli(home).run("retrofitt", "study.yaml");
        assertEquals(2, output.exit());
        assertEquals(1, output.errLines().size(), output.err());
        assertTrue(output.err().contains("retrofit"), output.err());
    }

    private Cli.Output retrofit(String yaml) throws IOException {
        return new Cli(home).retrofit(Files.writeString(folder.resolve("bad-study.yaml"), yaml));
    }
}
