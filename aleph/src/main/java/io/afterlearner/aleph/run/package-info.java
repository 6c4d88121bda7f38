/** A model split at the ℵ frontier and run by ONNX Runtime, the only package that does. */
@NullMarked
package io.afterlearner.aleph.run;

import org.jspecify.annotations.NullMarked;
