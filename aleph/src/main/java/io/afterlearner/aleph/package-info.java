/** ℵ inside an ONNX graph: list, promote, split, run, write back. No Kafka, no Quarkus, no network. */
@NullMarked
package io.afterlearner.aleph;

import org.jspecify.annotations.NullMarked;
