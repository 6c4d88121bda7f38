/** Telemetry: turns records of the user's own topics into feedback, as a study's mappings say. */
@NullMarked
package io.afterlearner.feedback.shell.telemetry;

import org.jspecify.annotations.NullMarked;
