/** A study opened from its artifacts, and a candidate turned into a fitness: files, HTTP and ONNX Runtime. No Kafka. */
@NullMarked
package io.afterlearner.evaluator.scoring;

import org.jspecify.annotations.NullMarked;
