package io.afterlearner.report.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.evaluation.Sanity;
import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.result.SplitResult.Interval;
import io.afterlearner.report.result.SplitResult.Measured;
import io.afterlearner.report.words.VerdictText;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.ModelFile;
import io.afterlearner.schemas.StudySpec;
import org.jspecify.annotations.Nullable;

/** result.json: the result for programs. An unknown loss is null, an unknown interval {@code [null, null]}. */
public final class ResultJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultJson() {}

    public static String of(Result result) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node(result)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and strings are always JSON", e);
        }
    }

    private static ObjectNode node(Result result) {
        StudySpec spec = result.spec();
        SplitResult test = result.test().losses();
        ObjectNode json = JSON.createObjectNode();
        json.put("study", spec.getStudy());
        verdict(json, result);
        json.put("status", result.status());
        models(json, result, test);
        difference(json.putObject("searchDifference"), result.search().difference());
        difference(json.putObject("testDifference"), test == null ? null : test.difference());
        json.put("budget", result.budget());
        json.put("asked", result.asked());
        json.put("told", result.told());
        json.put("failed", result.failed());
        json.put("expired", result.expired());
        json.put("seconds", result.seconds());
        json.put("candidatesPerSecond", result.candidatesPerSecond());
        json.put("overfittingBound", result.bound().excess());
        if (result.bound().excess() == null) {
            json.put("overfittingBoundReason", result.bound().reason());
        }
        json.put("explanation", result.explanation());
        sanity(json.putObject("sanity"), result.sanity());
        artifact(json, "model", spec.getModel());
        if (!spec.getModelFiles().isEmpty()) {
            ArrayNode files = json.putArray("modelFiles");
            for (ModelFile file : spec.getModelFiles()) {
                files.addObject()
                        .put("uri", file.getArtifact().getUri())
                        .put("sha256", file.getArtifact().getSha256());
            }
        }
        artifact(json, "search", spec.getSearch());
        artifact(json, "test", spec.getTest());
        json.put("version", result.version());
        return json;
    }

    /**
     * {@code candidate} has the losses of the best candidate. {@code retrofitted} has those of the model in retrofitted.onnx,
     * which is the shipped model or the best candidate.
     */
    private static void models(ObjectNode json, Result result, @Nullable SplitResult test) {
        SplitResult search = result.search();
        Measured shipped = test == null ? null : test.baseline();
        Measured candidate = test == null ? null : test.candidate();
        losses(json.putObject("baseline"), search.baseline(), shipped);
        model(json.putObject("candidate"), "number", result.number(), search.candidate(), candidate);
        ObjectNode retrofitted = json.putObject("retrofitted");
        if (result.verdict().isImproved()) {
            model(retrofitted, "candidate", result.number(), search.candidate(), candidate);
        } else {
            model(retrofitted, "candidate", 0, search.baseline(), shipped);
        }
    }

    private static void model(ObjectNode json, String key, long number, Measured search, @Nullable Measured test) {
        json.put(key, number);
        losses(json, search, test);
        interval(json, "testInterval", test);
    }

    private static void verdict(ObjectNode json, Result result) {
        Verdict verdict = result.verdict();
        json.put("outcome", result.outcome());
        json.put("reason", VerdictText.why(verdict));
        json.put("low", finite(verdict.low()));
        json.put("high", finite(verdict.high()));
        json.put("smallestGain", finite(verdict.smallestGain()));
        json.put("minimumGain", verdict.minimumGain());
        json.put("verdictsFromTestSplit", result.drawn());
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static void losses(ObjectNode json, Measured search, @Nullable Measured test) {
        json.put("search", search.value());
        json.put("test", value(test));
    }

    private static void sanity(ObjectNode json, Sanity sanity) {
        json.put("examples", sanity.examples());
        json.put("batch", sanity.batch());
        json.put("loss", sanity.loss());
        json.put("plainLoss", sanity.plainLoss());
        json.put("lossDifference", Math.abs(sanity.loss() - sanity.plainLoss()));
        json.put("outputDifference", sanity.outputDifference());
        json.put("tolerance", Sanity.TOLERANCE);
        if (!Double.isNaN(sanity.singleLoss())) {
            json.put("singleLoss", sanity.singleLoss());
            json.put("singleDifference", sanity.singleDifference());
            json.put("singleTolerance", Sanity.BATCH_TOLERANCE);
        }
    }

    private static @Nullable Double value(@Nullable Measured measured) {
        return measured == null ? null : measured.value();
    }

    private static void difference(ObjectNode json, @Nullable Measured difference) {
        json.put("mean", value(difference));
        interval(json, "interval", difference);
    }

    private static void interval(ObjectNode json, String name, @Nullable Measured measured) {
        Interval interval = measured == null ? null : measured.interval();
        ArrayNode ends = json.putArray(name);
        if (interval == null) {
            ends.addNull().addNull();
        } else {
            ends.add(interval.low()).add(interval.high());
        }
    }

    private static void artifact(ObjectNode json, String name, @Nullable Artifact artifact) {
        if (artifact != null) {
            json.putObject(name).put("uri", artifact.getUri()).put("sha256", artifact.getSha256());
        }
    }
}
