package io.afterlearner.study.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.evaluation.manifest.Manifest;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.Denominator;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Guardrail;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Pace;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import io.afterlearner.schemas.Unit;
import io.afterlearner.study.InputException;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.warmstart.HistoryColumns;
import io.afterlearner.study.warmstart.HistorySpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverTest {
    @TempDir
    Path folder;

    @Test
    void groupsHaveShapesInitialValuesAndBounds() throws IOException {
        List<AlephGroup> groups = resolve(TinyStudy.YAML).getAleph();
        assertEquals(List.of(), groups.get(0).getShape());
        assertEquals(List.of(1.0), groups.get(0).getInitial());
        assertEquals(0.5, groups.get(0).getLow());
        assertEquals(List.of(1), groups.get(1).getShape());
        assertEquals(List.of(0.0), groups.get(1).getInitial());
        assertEquals(0.3, groups.get(1).getStep());
    }

    @Test
    void anOpenBoundOfALogScaleIsNullInTheSpec() throws IOException {
        AlephGroup open = resolve(TinyStudy.YAML.replace("range: [0.5, 2], ", ""))
                .getAleph()
                .get(0);
        assertTrue(open.getLog());
        assertNull(open.getLow());
        assertNull(open.getHigh());
    }

    @Test
    void anEvaluatorBindsTheSameGroups() throws IOException {
        List<AlephGroup> groups = resolve(TinyStudy.YAML).getAleph();
        Model model = Model.read(folder.resolve("tiny.onnx"));
        assertEquals(groups, Manifest.groups(Aleph.bind(model, Manifest.entries(groups))));
    }

    @Test
    void choicesAreIndexes() throws IOException {
        String yaml = TinyStudy.YAML.replace("range: [0.5, 2], log: true", "choices: [0.5, 1, 2], ordered: true");
        AlephGroup group = resolve(yaml).getAleph().get(0);
        assertEquals(Kind.ORDERED, group.getKind());
        assertEquals(List.of(1.0), group.getInitial());
        assertEquals(List.of(0.5, 1.0, 2.0), group.getChoices());
        assertNull(group.getLow());
    }

    @Test
    void omittedKeysHaveTheirDefaults() throws IOException {
        String yaml = TinyStudy.YAML.substring(0, TinyStudy.YAML.indexOf("optimizer:"));
        StudySpec spec = resolve(yaml);
        assertEquals("auto", spec.getOptimizer().getType());
        assertEquals(300, spec.getOptimizer().getBudget());
        assertEquals(8, spec.getOptimizer().getParallelism());
        assertEquals(60_000, spec.getEvaluation().getTimeoutMillis());
        assertEquals("default", spec.getEvaluation().getPool());
    }

    @Test
    void trialsOfAHistoryWithinTheRangesArePriors() throws IOException {
        StudySpec cold = resolve(TinyStudy.YAML);
        StudySpec moved = resolve(
                TinyStudy.YAML.replace("  - tensor: b\n    transform: shift\n    range: [-2, 2]\n    step: 0.3\n", ""));
        String space = HistorySpace.of(moved).json().replace("\"", "\"\"");
        Files.writeString(
                folder.resolve("history.csv"),
                String.join(",", HistoryColumns.of(moved.getAleph())) + "\r\n0,told,0.5,,,,,,,\"" + space
                        + "\",1.0\r\n1,failed,,,,,,,,,1.5\r\n2,told,0.25,,,,,,,,1.25\r\n3,told,0.1,,,,,,,,99\r\n");
        StudySpec warm = resolve(TinyStudy.YAML.replace("type: auto", "type: auto\n  warmStart: history.csv"));

        assertEquals(
                List.of(0.5, 0.25),
                warm.getPriors().stream().map(Prior::getLoss).toList());
        assertEquals(1.25, warm.getPriors().get(1).getValues().get(0));
        assertEquals(
                cold.getAleph().get(1).getInitial().get(0),
                warm.getPriors().get(1).getValues().get(1),
                "a parameter that the history lacks has its shipped value");
        assertNotEquals(cold.getStudy(), warm.getStudy(), "another study");
    }

    @Test
    void aFileThatIsNotAHistoryIsRejectedInOneLine() throws IOException {
        Files.writeString(folder.resolve("history.csv"), "number,status,loss\n0,told,1\n");
        String yaml = TinyStudy.YAML.replace("type: auto", "type: auto\n  warmStart: history.csv");
        String said = assertThrows(InputException.class, () -> resolve(yaml)).getMessage();

        assertTrue(said.contains("optimizer.warmStart") && said.contains(" has no column space; "), said);
        assertFalse(said.contains("\n"), said);
    }

    @Test
    void anOnlineStudyHasItsSectionAndNoData() throws IOException {
        StudySpec spec = resolve(TinyStudy.ONLINE);

        assertEquals(
                new OnlineSpec(
                        Unit.USER,
                        0.2,
                        0.1,
                        new Metric(
                                "click", Aggregate.RATE, Goal.MAXIMIZE, 0.0, 1.0, 0.0, null, 1.0, null, Covariate.NONE),
                        30_000L,
                        150L,
                        0.5,
                        List.of(new Guardrail(
                                new Metric(
                                        "latencyMillis",
                                        Aggregate.P99,
                                        Goal.MINIMIZE,
                                        0.0,
                                        1_000.0,
                                        null,
                                        null,
                                        1.0,
                                        null,
                                        Covariate.NONE),
                                1.05)),
                        0.9,
                        true,
                        0L,
                        100_000L,
                        spec.getCreatedAtMillis() + Duration.ofDays(14).toMillis(),
                        List.of(new Telemetry(
                                "web.clicks",
                                TelemetryFormat.JSON,
                                null,
                                "click",
                                "ctx.token",
                                null,
                                "clicked",
                                "ts",
                                null)),
                        new Pace(0L, 0L, 0L, List.of(0.05, 0.25, 1.0)),
                        0L),
                spec.getOnline());
        assertEquals("online", spec.getEvaluation().getPool());
        assertEquals(Duration.ofDays(90).toMillis(), spec.getEvaluation().getTimeoutMillis(), "the longest timeout");
        assertEquals(Noise.SOME, spec.getOptimizer().getNoise());
        assertNull(spec.getLoss());
        assertNull(spec.getSearch());
        assertEquals(List.of(1), spec.getAleph().get(1).getShape(), "the shape in the model");
    }

    @Test
    void omittedKeysOfAnOnlineStudyHaveTheirDefaults() throws IOException {
        OnlineSpec online = online(TinyStudy.ONLINE.replaceAll("(?s)  exposures: 150.*optimizer:", "optimizer:"));

        assertEquals(200, online.getExposures());
        assertEquals(0.25, online.getTrustRegion());
        assertEquals(0.95, online.getConfidence());
        assertFalse(online.getApproval());
        assertEquals(0, online.getSliceMillis());
        assertEquals(0, online.getExposureLimit());
        assertEquals(0, online.getDeadlineMillis());
        assertEquals(List.of(), online.getGuardrails());
        assertEquals(List.of(), online.getTelemetry());
    }

    @Test
    void silenceHasAValueIfItIsGivenOrTheAggregateIsRate() throws IOException {
        String mean = TinyStudy.ONLINE.replace("aggregate: rate", "aggregate: mean, range: [0, 5]");

        assertNull(online(mean).getMetric().getSilence());
        assertEquals(
                1.0,
                online(mean.replace("range: [0, 5]", "range: [0, 5], silence: 1"))
                        .getMetric()
                        .getSilence());
    }

    @Test
    void aRatioHasWhatItIsDividedBy() throws IOException {
        String ratio = TinyStudy.ONLINE.replace(
                "aggregate: rate", "aggregate: ratio, range: [0, 5], per: {field: visits, most: 9}");

        assertEquals(
                new Metric(
                        "click",
                        Aggregate.RATIO,
                        Goal.MAXIMIZE,
                        0.0,
                        5.0,
                        null,
                        null,
                        1.0,
                        new Denominator("visits", 9.0),
                        Covariate.NONE),
                online(ratio).getMetric());
    }

    @Test
    void anAvroSchemaIsPartOfTheStudy() throws IOException {
        String schema = "{\"type\":\"record\",\"name\":\"Click\",\"fields\":[]}";
        Files.writeString(folder.resolve("click.avsc"), schema);
        String yaml = TinyStudy.ONLINE.replace("format: json", "format: avro\n      schema: click.avsc");

        assertEquals(schema, online(yaml).getTelemetry().get(0).getSchema$());
    }

    private OnlineSpec online(String yaml) throws IOException {
        return Objects.requireNonNull(resolve(yaml).getOnline());
    }

    private StudySpec resolve(String yaml) throws IOException {
        TinyStudy.write(folder);
        Path file = Files.writeString(folder.resolve("study.yaml"), yaml);
        return new Resolver(StudyFile.read("study.yaml", file, folder.resolve("downloads"))).spec();
    }
}
