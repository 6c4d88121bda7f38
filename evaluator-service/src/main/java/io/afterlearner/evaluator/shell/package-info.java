/** Candidates in, fitness out: Kafka clients, threads, files, ONNX Runtime. Knows neither Quarkus nor REST. */
@NullMarked
package io.afterlearner.evaluator.shell;

import org.jspecify.annotations.NullMarked;
