package io.afterlearner.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record of every type, every field set. The frozen bytes of each type's newest version were written from these:
 * change one only together with its schema.
 */
final class Samples {

    private Samples() {}

    static Map<String, SpecificRecord> all() {
        Map<String, SpecificRecord> samples = new LinkedHashMap<>();
        for (SpecificRecord sample : List.of(
                spec(),
                candidate(),
                fitness(),
                trial(),
                incumbent(),
                command(),
                exposure(),
                feedback(),
                dead(),
                OnlineSamples.arms(),
                OnlineSamples.change(),
                OnlineSamples.standing(),
                verdictRequest(),
                verdictAnswer(),
                claim())) {
            samples.put(sample.getSchema().getName(), sample);
        }
        return samples;
    }

    static StudySpec spec() {
        return new StudySpec(
                "depth-3f2a91bc",
                "depth",
                1_700_000_000_000L,
                new Artifact("file:///models/depth.onnx", "ab".repeat(32)),
                List.of(
                        new AlephGroup(
                                "mean",
                                "0:2",
                                Transform.SHIFT,
                                Granularity.ELEMENT,
                                0,
                                List.of(2),
                                Kind.REAL,
                                -0.5,
                                0.5,
                                false,
                                0.1,
                                List.of(0.0, 0.0),
                                List.of()),
                        new AlephGroup(
                                "mode",
                                null,
                                Transform.VALUE,
                                Granularity.TENSOR,
                                0,
                                List.of(),
                                Kind.UNORDERED,
                                null,
                                null,
                                false,
                                null,
                                List.of(1.0),
                                List.of(2.0, 4.0))),
                new Artifact("file:///data/search.npz", "cd".repeat(32)),
                new Artifact("file:///data/test.npz", "ef".repeat(32)),
                new LossSpec("depth-threshold", Map.of("delta", "1.25")),
                new OptimizerSpec("auto", 300L, 8, 1L, 1, Noise.SOME, TellOrder.NUMBER),
                new EvaluationSpec(60_000L, "default", 4, Map.of("state", 1), 0.01, 7_200_000L),
                List.of(new Prior(List.of(0.1, -0.1, 0.0), 0.4, 0.02)),
                online(),
                42L,
                List.of(new ModelFile("depth.data", new Artifact("file:///models/depth.data", "12".repeat(32)))));
    }

    private static OnlineSpec online() {
        return new OnlineSpec(
                Unit.USER,
                0.2,
                0.1,
                new Metric("click", Aggregate.MEAN, Goal.MAXIMIZE, 0.0, 1.0, 0.0, null, 1.0, null, Covariate.NONE),
                1_800_000L,
                400L,
                0.25,
                List.of(new Guardrail(
                        new Metric(
                                "latency",
                                Aggregate.P99,
                                Goal.MINIMIZE,
                                0.0,
                                5_000.0,
                                null,
                                null,
                                1.0,
                                null,
                                Covariate.NONE),
                        1.05)),
                0.95,
                true,
                60_000L,
                1_000_000L,
                1_700_600_000_000L,
                List.of(new Telemetry(
                        "shop.events", TelemetryFormat.JSON, null, "click", "ctx.token", null, "amount", "at", "id")),
                new Pace(86_400_000L, 3_600_000L, 604_800_000L, List.of(0.05, 0.25, 1.0)),
                60_000L);
    }

    static Candidate candidate() {
        return new Candidate(
                "depth-3f2a91bc", 7L, List.of(0.25, -0.125, 1.0), 1_700_000_000_001L, 1_700_000_060_001L, 42L);
    }

    static Fitness fitness() {
        return new Fitness(
                "depth-3f2a91bc",
                7L,
                new Failed("it broke", cause()),
                new Provenance(
                        "host-1", "0.1.0", "ab".repeat(32), "cd".repeat(32), "CPU", 160L, 41_000L, 1_700_000_000_042L),
                42L);
    }

    static Claim claim() {
        return new Claim("depth-3f2a91bc", 7L, 42L, ClaimState.TAKEN, "host-1", 2, 1_700_000_000_002L);
    }

    static TrialEvent trial() {
        return new TrialEvent(
                "depth-3f2a91bc",
                12L,
                1_700_000_000_043L,
                TrialEventType.TOLD,
                7L,
                List.of(0.25),
                0.375,
                0.01,
                160L,
                300L,
                "because",
                "host-1",
                41_000L,
                cause(),
                42L,
                3);
    }

    private static FailureCause cause() {
        return new FailureCause(
                FailureKind.GUARDRAIL,
                new BrokenGuardrail("latency", Aggregate.P95, Goal.MINIMIZE, 1.31, 1.0, 1.05, 400L, 800L),
                60_000L,
                "default",
                Double.POSITIVE_INFINITY,
                400L,
                500L,
                390L,
                780L);
    }

    static Incumbent incumbent() {
        return new Incumbent(
                "depth-3f2a91bc",
                12L,
                1_700_000_000_043L,
                StudyStatus.RUNNING,
                "none",
                7L,
                List.of(0.25, -0.125, 1.0),
                0.375,
                0.01,
                0.5,
                300L,
                15L,
                6L,
                1L,
                1L,
                new Ignored(1L, 2L, 3L),
                4.5,
                "CMA: because",
                FailureCause.newBuilder()
                        .setKind(FailureKind.EXPIRED)
                        .setMillis(60_000L)
                        .setPool("gpu")
                        .build(),
                42L,
                4L);
    }

    static Command command() {
        return new Command(
                "depth-3f2a91bc", "id-1", 1_700_000_000_044L, "ops", Action.EXTEND, 600L, List.of(0.5), "more", 42L);
    }

    static Exposure exposure() {
        return new Exposure(
                "a-1",
                "depth-3f2a91bc",
                "user-9",
                Arm.EXPLORE,
                7L,
                1_700_000_000_045L,
                1_700_000_600_045L,
                42L,
                1_700_000_000_040L,
                "token");
    }

    static Feedback feedback() {
        return new Feedback("a-1", "f-1", "depth-3f2a91bc", 7L, "click", 1.0, 1_700_000_000_046L, "token");
    }

    static VerdictRequest verdictRequest() {
        return new VerdictRequest("depth-3f2a91bc", 42L, 7L, List.of(0.25, -0.125, 1.0), 1_700_000_000_049L, 660_000L);
    }

    static VerdictAnswer verdictAnswer() {
        return new VerdictAnswer(
                "depth-3f2a91bc",
                42L,
                7L,
                new ScoredVerdict(
                        VerdictOutcome.IMPROVED,
                        VerdictReason.SHOWN,
                        0.02,
                        0.08,
                        0.04,
                        0.01,
                        160L,
                        new SplitLoss(0.4, 0.38, 0.42),
                        new SplitLoss(0.35, 0.33, 0.37)),
                new Provenance(
                        "host-1", "0.1.0", "ab".repeat(32), "ef".repeat(32), "CPU", 160L, 41_000L, 1_700_000_000_050L));
    }

    static DeadLetter dead() {
        return new DeadLetter(
                "afterlearner.fitness",
                1,
                99L,
                ByteBuffer.wrap("depth".getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                "not an Avro record",
                "optimizer",
                1_700_000_000_047L,
                null,
                null,
                4_194_304L,
                "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
                2);
    }
}
