/** What is known of each evaluator pool: its outstanding candidates, and how far its evaluators lag behind. Nothing is decided here. */
@NullMarked
package io.afterlearner.optimizer.shell.pools;

import org.jspecify.annotations.NullMarked;
