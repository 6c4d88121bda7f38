/** The process around the evaluator: settings, start and stop, health, metrics. Decides nothing about candidates. */
@NullMarked
package io.afterlearner.evaluator.api;

import org.jspecify.annotations.NullMarked;
