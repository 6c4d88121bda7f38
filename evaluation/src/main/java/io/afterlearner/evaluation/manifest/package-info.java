/** The border between messages and models: ℵ groups as messages carry them, and ℵ as a model has it. */
@NullMarked
package io.afterlearner.evaluation.manifest;

import org.jspecify.annotations.NullMarked;
