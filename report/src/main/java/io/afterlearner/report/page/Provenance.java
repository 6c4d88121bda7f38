package io.afterlearner.report.page;

import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.words.Numbers;
import io.afterlearner.schemas.AlephArray;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.StudySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The facts from which a result can be reproduced, one table row each. */
final class Provenance {
    private static final int MAX_GROUPS = 12;

    record Row(String name, String value) {}

    private final List<Row> rows = new ArrayList<>();

    private Provenance() {}

    static List<Row> of(Result result) {
        StudySpec spec = result.spec();
        OptimizerSpec optimizer = spec.getOptimizer();
        Provenance table = new Provenance();
        table.row("study", spec.getStudy());
        table.artifact("model", spec.getModel());
        table.artifact("search split", spec.getSearch());
        table.artifact("test split", spec.getTest());
        SplitResult test = result.test().losses();
        table.row(
                "examples",
                result.search().examples() + " search" + (test == null ? "" : ", " + test.examples() + " test"));
        spec.getAleph().stream().limit(MAX_GROUPS).forEach(group -> table.row("ℵ", describe(group)));
        table.row("loss", spec.getLoss().getType() + " " + spec.getLoss().getSettings());
        table.row(
                "optimizer",
                optimizer.getType() + ", budget " + budget(result, optimizer.getBudget()) + ", parallelism "
                        + optimizer.getParallelism() + ", seed " + optimizer.getSeed() + ", runs "
                        + optimizer.getRuns());
        if (result.explanation() != null) {
            table.row("search", result.explanation());
        }
        table.row(
                "candidates",
                result.asked() + " asked = " + result.told() + " scored + " + result.failed() + " failed + "
                        + result.expired() + " expired");
        table.row("active time", Numbers.of(result.seconds()) + " s");
        table.row("status", result.status().toLowerCase(Locale.ROOT));
        table.row("version", "AfterLearner " + result.version());
        return table.rows;
    }

    private static String budget(Result result, long first) {
        return result.budget() == first ? String.valueOf(first) : result.budget() + " (" + first + " at first)";
    }

    private void row(String name, String value) {
        rows.add(new Row(name, value));
    }

    private void artifact(String name, @Nullable Artifact artifact) {
        if (artifact != null) {
            row(name, artifact.getUri());
            row(name + " sha256", artifact.getSha256());
        }
    }

    private static String describe(AlephGroup group) {
        return AlephArray.name(group) + ", "
                + group.getTransform().name().toLowerCase(Locale.ROOT) + " per "
                + group.getPer().name().toLowerCase(Locale.ROOT) + ", "
                + group.getInitial().size() + " parameters";
    }
}
