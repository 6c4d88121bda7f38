/** The Kafka side that all parts of the service share: studies, sending, metrics, settings. Nothing is decided here. */
@NullMarked
package io.afterlearner.feedback.shell;

import org.jspecify.annotations.NullMarked;
