package io.afterlearner.evaluation.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.evaluation.data.DataException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static final long[] SCALAR = {};
    private static final double NAN = Double.NaN;
    private static final double[][] THREE_SCORES = {{2, 1, 0}, {0, 1, 2}, {0, 3, 1}, {5, 0, 0}};
    private static final double[][] LABELS = {{0}, {1}, {1}, {2}};

    private static Scorer scorer(String type, Map<String, String> settings, long[] output, long[] target) {
        ElementType labels = type.matches("depth-threshold|abs-rel|rmse") ? ElementType.FLOAT : ElementType.INT64;
        return Losses.create(type, settings).loss().fit(new Signature("y", ElementType.FLOAT, output, labels, target));
    }

    private static double loss(Scorer scorer, double[][] outputs, double[][] targets) {
        double[] sums = new double[scorer.statistics()];
        for (int i = 0; i < outputs.length; i++) {
            double[] one = new double[sums.length];
            scorer.score(outputs[i], targets[i], one);
            for (int s = 0; s < sums.length; s++) {
                sums[s] += one[s];
            }
        }
        return scorer.value(sums, outputs.length);
    }

    private static double classes(String type, Map<String, String> settings) {
        return loss(scorer(type, settings, new long[] {3}, SCALAR), THREE_SCORES, LABELS);
    }

    @Test
    void depthThresholdIsTheMeanFractionOfWrongKnownPixels() {
        Scorer scorer = scorer("depth-threshold", Map.of(), new long[] {1, 2, 2}, new long[] {2, 2});
        double[][] predicted = {{1, 1.26, 0.79, 5}, {-1, 1, 1, 1}, {9, 9, 9, 9}};
        double[][] actual = {{1, 1, 1, 0}, {1, 1, NAN, Double.POSITIVE_INFINITY}, {0, 0, 0, NAN}};
        // 2 of 3 off in the first, 1 of 2 in the second, the third has no known pixel.
        assertEquals((2 / 3.0 + 1 / 2.0) / 2, loss(scorer, predicted, actual), 1e-15);
        assertEquals(
                new Scorer.BoundedMean(0, 1, 2),
                scorer.boundedMean(new double[] {1, 2}, 3).orElseThrow());
    }

    @Test
    void trueAndFalseAreNoLabelsOfThreeClasses() {
        for (String type : new String[] {"error-rate", "log-loss", "f1"}) {
            Loss loss = Losses.create(type, Map.of()).loss();
            loss.fit(new Signature("y", ElementType.FLOAT, new long[] {2}, ElementType.BOOL, SCALAR));
            Signature three = new Signature("y", ElementType.FLOAT, new long[] {3}, ElementType.BOOL, SCALAR);
            String message = String.valueOf(
                    assertThrows(DataException.class, () -> loss.fit(three)).getMessage());
            assertTrue(message.contains("true and false name only two classes"), message);
        }
    }

    @Test
    void eachLossSaysWhichTargetsCount() {
        long[] one = {1};
        assertTrue(scorer("rmse", Map.of(), one, one).counts(Double.POSITIVE_INFINITY));
        assertFalse(scorer("rmse", Map.of(), one, one).counts(NAN));
        assertFalse(scorer("abs-rel", Map.of(), one, one).counts(0));
        for (String type : new String[] {"error-rate", "log-loss", "f1"}) {
            Scorer scorer = scorer(type, Map.of("ignore", "1"), new long[] {3}, SCALAR);
            assertTrue(scorer.counts(0) && !scorer.counts(1), type);
        }
    }

    @Test
    void deltaMovesTheThreshold() {
        Scorer scorer = scorer("depth-threshold", Map.of("delta", "1.5"), new long[] {2}, new long[] {2});
        assertEquals(0.5, loss(scorer, new double[][] {{1.49, 1.51}}, new double[][] {{1, 1}}));
    }

    @Test
    void absRelIsRelativeToTheTruth() {
        Scorer scorer = scorer("abs-rel", Map.of(), new long[] {2}, new long[] {2});
        assertEquals(
                (0.25 + 1.0) / 2,
                loss(scorer, new double[][] {{1, 3}, {7, 2}}, new double[][] {{2, 3}, {0, 1}}),
                1e-15);
    }

    @Test
    void rmsePoolsAllElementsAndIgnoresMissingOnes() {
        Scorer scorer = scorer("rmse", Map.of(), new long[] {2}, new long[] {2});
        assertEquals(
                Math.sqrt((9 + 16 + 0) / 3.0),
                loss(scorer, new double[][] {{3, 4}, {1, 9}}, new double[][] {{0, 0}, {1, NAN}}),
                1e-15);
        assertTrue(scorer.boundedMean(new double[] {1, 1}, 1).isEmpty());
    }

    @Test
    void errorRateCountsWrongLabels() {
        // Predicted 0, 2, 1, 0; labels 0, 1, 1, 2.
        assertEquals(0.5, classes("error-rate", Map.of()));
        assertEquals(1 / 3.0, classes("error-rate", Map.of("ignore", "2")), 1e-15);
    }

    @Test
    void errorRateAcceptsAThresholdOrPlainLabels() {
        Scorer binary = scorer("error-rate", Map.of("threshold", "0.5"), new long[] {1}, SCALAR);
        assertEquals(0.5, loss(binary, new double[][] {{0.6}, {0.6}}, new double[][] {{1}, {0}}));
        Scorer labels = Losses.create("error-rate", Map.of())
                .loss()
                .fit(new Signature("y", ElementType.INT64, SCALAR, ElementType.INT64, SCALAR));
        assertEquals(0.5, loss(labels, new double[][] {{4}, {6}}, new double[][] {{4}, {5}}));
    }

    @Test
    void theClassAxisMayBeFirstOrLast() {
        // 2 classes at 3 positions: predicted 1, 0, 1.
        double[][] first = {{0, 5, 0, /* class 1 */ 1, 1, 1}};
        double[][] last = {{0, 1, /**/ 5, 1, /**/ 0, 1}};
        double[][] labels = {{1, 0, 0}};
        long[] three = {3};
        assertEquals(1 / 3.0, loss(scorer("error-rate", Map.of(), new long[] {2, 3}, three), first, labels), 1e-15);
        assertEquals(
                1 / 3.0,
                loss(scorer("error-rate", Map.of("axis", "-1"), new long[] {3, 2}, three), last, labels),
                1e-15);
    }

    @Test
    void costMatrixWeighsEachMistake() {
        Map<String, String> costs = Map.of("costs", "[[0,1,2],[3,0,5],[7,8,-1]]");
        // true 0 -> 0, 1 -> 2, 1 -> 1, 2 -> 0.
        assertEquals((0 + 5 + 0 + 7) / 4.0, classes("cost-matrix", costs));
        Scorer scorer = scorer("cost-matrix", costs, new long[] {3}, SCALAR);
        assertEquals(
                new Scorer.BoundedMean(-1, 8, 4),
                scorer.boundedMean(new double[] {12, 4}, 4).orElseThrow());
    }

    @Test
    void f1AveragesAsAsked() {
        // Class 0: 1 hit, 1 extra, 0 missed: 2/3. Class 1: 1, 0, 1: 2/3. Class 2: 0, 1, 1: 0.
        assertEquals(1 - (2 / 3.0 + 2 / 3.0 + 0) / 3, classes("f1", Map.of()), 1e-15);
        assertEquals(0.5, classes("f1", Map.of("average", "\"micro\"")), 1e-15);
        assertEquals(1 - (1 * 2 / 3.0 + 2 * 2 / 3.0 + 0) / 4, classes("f1", Map.of("average", "\"weighted\"")), 1e-15);
        assertEquals(1 / 3.0, classes("f1", Map.of("average", "\"binary\"")), 1e-15);
        assertEquals(1, classes("f1", Map.of("average", "\"binary\"", "positive", "2")));
    }

    @Test
    void macroF1IgnoresClassesThatNeverOccur() {
        Scorer scorer = scorer("f1", Map.of(), new long[] {3}, SCALAR);
        assertEquals(0, loss(scorer, new double[][] {{1, 0, 0}, {0, 1, 0}}, new double[][] {{0}, {1}}));
    }

    @Test
    void logLossIsTheSameFromLogitsAndFromProbabilities() {
        double expected = -(Math.log(0.7) + Math.log(0.1)) / 2;
        double[][] p = {{0.7, 0.2, 0.1}, {0.6, 0.3, 0.1}};
        double[][] logits = new double[2][3];
        for (int i = 0; i < 6; i++) {
            logits[i / 3][i % 3] = Math.log(p[i / 3][i % 3]) + 1000 * (i / 3);
        }
        double[][] labels = {{0}, {2}};
        Scorer fromLogits = scorer("log-loss", Map.of(), new long[] {3}, SCALAR);
        Scorer fromP = scorer("log-loss", Map.of("probabilities", "true"), new long[] {3}, SCALAR);
        assertEquals(expected, loss(fromLogits, logits, labels), 1e-12);
        assertEquals(expected, loss(fromP, p, labels), 1e-15);
        assertEquals(-Math.log(1e-15), loss(fromP, new double[][] {{0, 0, 1}}, new double[][] {{0}}), 1e-12);
    }

    @Test
    void labelsOutsideTheClassesAreRejected() {
        Scorer scorer = scorer("error-rate", Map.of("ignore", "255"), new long[] {3}, SCALAR);
        assertEquals(null, scorer.refuse(new double[] {2}));
        assertEquals(null, scorer.refuse(new double[] {255}));
        for (double label : new double[] {3, -1, 0.5, NAN}) {
            assertTrue(String.valueOf(scorer.refuse(new double[] {label})).contains("not 0 to 2; correct it"));
        }
    }

    @Test
    void misspeltNamesGetTheNearestOnes() {
        says("did you mean depth-threshold?", () -> Losses.create("depth-treshold", Map.of()));
        says("did you mean delta?", () -> Losses.create("depth-threshold", Map.of("detla", "1.25")));
        says("did you mean micro?", () -> Losses.create("f1", Map.of("average", "\"mikro\"")));
    }

    @Test
    void settingsOfWrongTypeOrRangeAreRejected() {
        says("give a number from", () -> Losses.create("depth-threshold", Map.of("delta", "1")));
        says("give a number", () -> Losses.create("depth-threshold", Map.of("delta", "\"1.25\"")));
        says("not JSON", () -> Losses.create("depth-threshold", Map.of("delta", "1.25 x")));
        says("is missing", () -> Losses.create("cost-matrix", Map.of()));
        says("not square", () -> Losses.create("cost-matrix", Map.of("costs", "[[0,1],[1]]")));
        says("row 1, column 0", () -> Losses.create("cost-matrix", Map.of("costs", "[[0,1],[\"a\",0]]")));
        says("a whole number", () -> Losses.create("f1", Map.of("positive", "1.5")));
    }

    @Test
    void shapesThatDoNotFitAreRejectedShowingBoth() {
        long[] two = {2};
        long[] three = {3};
        says("[2] (FLOAT) with target [3]", () -> scorer("depth-threshold", Map.of(), two, three));
        says("[2] (FLOAT) with target [3]", () -> scorer("rmse", Map.of(), two, three));
        says("class axis 1", () -> scorer("error-rate", Map.of(), three, two));
        says("threshold", () -> scorer("error-rate", Map.of(), SCALAR, SCALAR));
        says(
                "for each of 3 classes, not 2",
                () -> scorer("cost-matrix", Map.of("costs", "[[0,1],[1,0]]"), three, SCALAR));
        says(
                "set positive to a class, 0 to 2",
                () -> scorer("f1", Map.of("average", "\"binary\"", "positive", "3"), three, SCALAR));
    }

    @Test
    void aUsersLossIsFoundByServiceLoader() {
        assertEquals(42, loss(scorer("always", Map.of(), SCALAR, SCALAR), new double[1][1], new double[1][1]));
    }

    private static void says(String words, org.junit.jupiter.api.function.Executable refused) {
        String message = assertThrows(DataException.class, refused).getMessage();
        assertTrue(message.contains(words) && !message.contains("\n"), message);
    }

    /** A user's loss. */
    public static final class Always implements LossType {
        @Override
        public String name() {
            return "always";
        }

        @Override
        public Loss create(Settings settings) {
            return signature -> new MeanOverExamples((o, t) -> 42, 0, 100, t -> null, t -> true);
        }
    }
}
