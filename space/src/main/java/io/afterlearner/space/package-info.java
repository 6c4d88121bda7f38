/** ℵ groups of a study as the space an optimizer searches, and the names of their parameters; no Kafka, no model and no file here. */
@NullMarked
package io.afterlearner.space;

import org.jspecify.annotations.NullMarked;
