package io.afterlearner.study.warmstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.Transform;
import io.afterlearner.study.InputException;
import io.afterlearner.study.yaml.Source;
import io.afterlearner.study.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history.csv is told only where it means the same as in this study. */
class WarmStartFileTest {
    private static final AlephGroup W = shift("w", 3);

    @TempDir
    Path folder;

    @Test
    void trialsAreMatchedByNameWhateverTheOrderOfGroupsAndColumns() throws IOException {
        StudySpec before = study(shift("b", 1), W);
        String csv = csv(before, "0,told,0.5,0.1,1,2,3", "1,failed,,0,0,0,0", "2,told,0.25,0.2,-1,-2,-3");
        assertEquals(
                List.of(List.of(1.0, 2.0, 3.0, 0.1), List.of(-1.0, -2.0, -3.0, 0.2)),
                values(csv, study(W, shift("b", 1))));
    }

    @Test
    void aParameterThatDidNotMoveHasItsShippedValueAndTrialsOutsideTheRangesAreOmitted() throws IOException {
        String csv = csv(study(W), "0,told,0.5,1,2,3", "1,told,0.4,1,2,99");
        assertEquals(List.of(List.of(0.0, 1.0, 2.0, 3.0)), values(csv, study(shift("b", 1), W)));
    }

    @Test
    void aByteOrderMarkIsSkipped() throws IOException {
        assertEquals(
                1,
                values("\uFEFF" + csv(study(W), "0,told,0.5,1,2,3"), study(W)).size());
    }

    @Test
    void choicesAreMatchedByTheirNumbersAndNotByTheirIndexes() throws IOException {
        String csv = csv(study(choices(0.5, 1, 2)), "0,told,3,0", "1,told,2,1", "2,told,1,2");
        assertEquals(List.of(List.of(1.0), List.of(2.0), List.of(0.0)), values(csv, study(choices(2, 0.5, 1))));
        assertEquals(List.of(List.of(1.0)), values(csv, study(choices(7, 2))), "0.5 and 1 cannot be taken");
    }

    @Test
    void anotherTransformOrGranularityIsRefusedWithTheDifference() throws IOException {
        String csv = csv(study(W), "0,told,0.5,1,2,3");
        AlephGroup scale =
                AlephGroup.newBuilder(W).setTransform(Transform.SCALE).build();
        refused(csv, study(scale), "moves w[0] in another way: transform shift, not scale");
        AlephGroup channel =
                AlephGroup.newBuilder(W).setPer(Granularity.CHANNEL).build();
        refused(csv, study(channel), "moves w[0] in another way: per element axis 0, not per channel axis 0");
        refused(csv, study(shift("w", 2)), "moves w[0] in another way: shape [3], not [2]");
        refused(csv, study(shift("v", 3)), "moves w[0], which is not a parameter of this study");
    }

    @Test
    void lossesOfAnotherModelDataOrLossAreRefused() throws IOException {
        String csv = csv(study(W), "0,told,0.5,1,2,3");
        Artifact other = new Artifact("file:///x", "99");
        refused(csv, changed(spec -> spec.setModel(other)), "are of another model (sha256 ab, not 99)");
        refused(csv, changed(spec -> spec.setSearch(other)), "were measured on other data (sha256 cd, not 99)");
        LossSpec loss = new LossSpec("depth-threshold", Map.of("delta", "1.25"));
        refused(csv, changed(spec -> spec.setLoss(loss)), "are another score ({type=rmse}, not {delta=1.25");
    }

    @Test
    void anInputThatTheEarlierStudyTookFromItsDataIsRefused() throws IOException {
        String csv = csv(study(W), "0,told,0.5,1,2,3");
        refused(csv, study(W, shift("temperature", 1)), "which value input temperature[0] had");
    }

    @Test
    void noTensorCollidesWithAColumn() throws IOException {
        StudySpec loss = study(scalar("loss"), scalar("space"), scalar("number"), scalar("aleph.loss"));
        assertEquals(List.of(List.of(1.0, 2.0, -1.0, 0.5)), values(csv(loss, "0,told,0.5,1,2,-1,0.5"), loss));
    }

    @Test
    void rowsAndFilesCutShortAreRefused() throws IOException {
        String whole = csv(study(W), "0,told,0.5,1,2,3", "1,told,0.25,1,2,2.125");
        refused(whole.substring(0, whole.length() - 4), study(W), "ends in the middle of a line");
        refused(whole + "2,told,0.2,,,,,,,,1,2\r\n", study(W), "line 4 has 12 cells and the header has 13");
        refused(whole + "2,told,0.2,,,,,,,,1,2,\r\n", study(W), "line 4, column aleph.w[2]: '' is not a number");
        refused(whole + "2,told,NaN,,,,,,,,1,2,3\r\n", study(W), "line 4, column loss: 'NaN' is not a number");
        refused(whole + "1,told,0.2,,,,,,,,1,2,3\r\n", study(W), "line 4 has candidate 1 a second time");
        refused(whole + "2,tol,0.2,,,,,,,,1,2,3\r\n", study(W), "line 4 is no candidate: number 2, status tol");
    }

    @Test
    void whatIsNoHistoryOfThisVersionIsRefused() throws IOException {
        refused("", study(W), "is empty");
        refused("a,b\n1,2\n", study(W), "has no column number");
        refused(
                "number,status,loss,w[0],w[1],w[2]\n0,told,1,0,0,0\n",
                study(W),
                "has no column space; an older version");
        refused("number,status,loss,loss\n", study(W), "has two columns loss");
        String csv = csv(study(W), "0,told,0.5,1,2,3");
        refused(csv.replace("0,told", "0;told"), study(W), "line 2 has 12 cells and the header has 13");
        refused(csv.replace("\"\"version\"\":1", "\"\"version\"\":2"), study(W), "not of version 1");
        refused(csv.replace("SHIFT", "TWIST"), study(W), "does not say what the columns mean");
        refused(csv.replace("[3]", "[1000000000]"), study(W), "more than 100000 parameters");
        refused(csv.replace("[3]", "[2]"), study(shift("w", 2)), "has columns that its column space does not name");
        refused(csv(study(W), "0,failed,,1,2,3"), study(W), "has no trial within this study's ranges");
    }

    private List<List<Double>> values(String csv, StudySpec study) throws IOException {
        return read(csv, study).stream().map(Prior::getValues).toList();
    }

    private void refused(String csv, StudySpec study, String why) {
        String said = assertThrows(InputException.class, () -> read(csv, study)).getMessage();
        assertTrue(said.contains(why), said);
        assertFalse(said.contains("\n"), said);
    }

    private List<Prior> read(String csv, StudySpec study) throws IOException {
        Path yaml = Files.writeString(folder.resolve("study.yaml"), "warmStart: history.csv\n");
        Path file = Files.writeString(folder.resolve("history.csv"), csv, StandardCharsets.UTF_8);
        Yaml at = Yaml.read(new Source("study.yaml", yaml)).nearest("warmStart");
        return WarmStartFile.read(at, file, study, Set.of("temperature"));
    }

    /** Rows have number, status, loss and the ℵ values. */
    private static String csv(StudySpec study, String... rows) {
        StringBuilder csv = new StringBuilder(String.join(",", HistoryColumns.of(study.getAleph()))).append("\r\n");
        String space = '"' + HistorySpace.of(study).json().replace("\"", "\"\"") + '"';
        for (String row : rows) {
            String[] cells = row.split(",", 4);
            csv.append(cells[0] + ',' + cells[1] + ',' + cells[2] + ",,,,,,," + space + ',' + cells[3] + "\r\n");
            space = "";
        }
        return csv.toString();
    }

    private static StudySpec changed(Function<StudySpec.Builder, StudySpec.Builder> change) {
        return change.apply(StudySpec.newBuilder(study(W))).build();
    }

    private static StudySpec study(AlephGroup... aleph) {
        return StudySpec.newBuilder()
                .setStudy("s")
                .setName("s")
                .setCreatedAtMillis(0)
                .setModel(new Artifact("file:///m", "ab"))
                .setAleph(List.of(aleph))
                .setSearch(new Artifact("file:///s", "cd"))
                .setLoss(new LossSpec("rmse", Map.of()))
                .setOptimizer(new OptimizerSpec("auto", 30L, 1, 1L, 1, Noise.UNKNOWN, TellOrder.ARRIVAL))
                .setEvaluation(new EvaluationSpec(1_000L, "default", 0, Map.of(), 0.0, 3_600_000L))
                .build();
    }

    private static AlephGroup shift(String tensor, int elements) {
        return group(
                tensor, List.of(elements), Transform.SHIFT, Kind.REAL, Collections.nCopies(elements, 0.0), List.of());
    }

    private static AlephGroup scalar(String tensor) {
        return group(tensor, List.of(), Transform.VALUE, Kind.REAL, List.of(0.0), List.of());
    }

    private static AlephGroup choices(double... choices) {
        List<Double> numbers = Arrays.stream(choices).boxed().toList();
        return group("mode", List.of(), Transform.VALUE, Kind.UNORDERED, List.of(0.0), numbers);
    }

    private static AlephGroup group(
            String tensor,
            List<Integer> shape,
            Transform transform,
            Kind kind,
            List<Double> initial,
            List<Double> choices) {
        return new AlephGroup(
                tensor,
                null,
                transform,
                Granularity.ELEMENT,
                0,
                shape,
                kind,
                choices.isEmpty() ? -3.0 : null,
                choices.isEmpty() ? 3.0 : null,
                false,
                null,
                initial,
                choices);
    }

    @Test
    void namesThatLookLikeFormulasAreReadBackAsTheyAre() throws IOException {
        StudySpec study = study(scalar("=1+1"), scalar("-x"), scalar("@y"), scalar("a;=b"), scalar("+\"q\""));
        HistoryColumns.of(study.getAleph())
                .forEach(column -> assertFalse("=+-@".contains(column.substring(0, 1)), column));
        assertEquals(
                List.of(List.of(1.0, -2.0, 0.5, 0.25, -1.0)), values(csv(study, "0,told,0.5,1,-2,0.5,0.25,-1"), study));
    }
}
