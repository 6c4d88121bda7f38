package io.afterlearner.architecture;

import java.util.List;

/** Which places import which libraries, and which must be pure. */
final class Libraries {
    private static final String ROOT = "io.afterlearner.";

    /** Plain libraries and the services' cores. */
    static final List<Confined> CONFINED = List.of(
            new Confined(ROOT + "asktell.*", List.of("java.lang.*", "java.util.*", "org.jspecify.*")),
            new Confined(
                    ROOT + "aleph.*",
                    List.of(
                            "java.io.*",
                            "java.lang.*",
                            "java.math.*",
                            "java.net",
                            "java.nio.*",
                            "java.security.*",
                            "java.util.*",
                            "org.jspecify.*",
                            "com.google.protobuf.*",
                            "ai.onnx.proto.*",
                            "ai.onnxruntime.*",
                            "org.apache.commons.text.*")),
            new Confined(ROOT + "optimizer.core.*", List.of("java.*", "org.jspecify.*", ROOT + "asktell.*")),
            new Confined(ROOT + "evaluator.core.*", List.of("java.*", "org.jspecify.*")),
            new Confined(ROOT + "feedback.core.*", List.of("java.*", "org.jspecify.*")));

    private static final List<String> QUARKUS_APPS = List.of(
            ROOT + "optimizer.shell.*",
            ROOT + "optimizer.api.*",
            ROOT + "evaluator.api.*",
            ROOT + "feedback.shell.*",
            ROOT + "feedback.api.*",
            ROOT + "operator.process.*",
            ROOT + "access.*",
            ROOT + "http.*");

    static final List<Kept> KEPT = List.of(
            new Kept("picocli.*", List.of(ROOT + "local.cli.*", ROOT + "demo.*")),
            new Kept("io.quarkus.arc.*", QUARKUS_APPS),
            new Kept("io.quarkus.jackson.*", QUARKUS_APPS),
            new Kept("io.quarkus.runtime.*", QUARKUS_APPS),
            new Kept("io.quarkus.qute.*", List.of(ROOT + "report.*", ROOT + "demo.report.*")),
            new Kept("jakarta.*", QUARKUS_APPS),
            new Kept("org.eclipse.microprofile.*", QUARKUS_APPS),
            new Kept("io.fabric8.*", List.of(ROOT + "operator.*")),
            new Kept("io.javaoperatorsdk.*", List.of(ROOT + "operator.reconcile.*", ROOT + "operator.process.*")),
            new Kept("dev.openfeature.*", List.of(ROOT + "openfeature.*")),
            new Kept("org.snakeyaml.*", List.of(ROOT + "study.*")),
            new Kept("software.amazon.awssdk.*", List.of(ROOT + "evaluation.s3.*")),
            new Kept(
                    "org.apache.kafka.*",
                    List.of(
                            ROOT + "schemas.*",
                            ROOT + "kafka.*",
                            ROOT + "embedded.*",
                            ROOT + "client.*",
                            ROOT + "optimizer.shell.*",
                            ROOT + "evaluator.shell.*",
                            ROOT + "feedback.shell.*",
                            ROOT + "benchmarks.*",
                            ROOT + "local.stack.*",
                            // Prints rights in Kafka's own words.
                            ROOT + "local.cli.topics.*",
                            ROOT + "demo.world.*")));

    /** The demo proves something only if its users see HTTP alone and its shop's log is the shop's own. */
    static final List<Hidden> HIDDEN = List.of(
            new Hidden(
                    ".*\\.demo\\.world\\.(Users|Clicks|Taste|Tally)(\\$.*)?",
                    List.of(
                            "io\\.afterlearner\\.(client|schemas|aleph|kafka)\\..*",
                            "org\\.apache\\.kafka\\..*",
                            ".*\\.(Ranker|Scores|ProductionServer|Truth)")),
            new Hidden(".*\\.demo\\.world\\.PageLog(\\$.*)?", List.of("io\\.afterlearner\\.(?!demo\\.).*")),
            // Losses on the test split reach no decision: the loop, the feedback service and the optimizers know no
            // verdict.
            new Hidden(
                    "io\\.afterlearner\\.(optimizer\\.(core|shell\\.(?!StudyTables)).*|(asktell|feedback|client|space)\\..*)",
                    List.of(
                            "io\\.afterlearner\\.schemas\\.(VerdictAnswer|ScoredVerdict|SplitLoss)(\\$.*)?",
                            "io\\.afterlearner\\.optimizer\\.shell\\.StudyTables(\\$.*)?")),
            // Only asktell's own packages know them: the API finds the algorithms through a service provider.
            new Hidden(
                    "io\\.afterlearner\\.(?!asktell\\.[a-z]+\\.).*",
                    List.of("io\\.afterlearner\\.asktell\\.[a-z]+\\..*")));

    /** Reads no clock and draws no unseeded randomness. */
    static final List<String> PURE =
            List.of(ROOT + "asktell.*", ROOT + "optimizer.core.*", ROOT + "evaluator.core.*", ROOT + "feedback.core.*");

    private Libraries() {}
}
