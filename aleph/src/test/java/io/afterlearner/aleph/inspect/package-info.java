/** Tests of ℵ in ONNX graphs, on models that the tests build themselves. */
@NullMarked
package io.afterlearner.aleph.inspect;

import org.jspecify.annotations.NullMarked;
