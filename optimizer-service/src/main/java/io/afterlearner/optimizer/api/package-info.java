/** REST and pages: reads what is recorded, and produces specs and commands; decides nothing about a running study. */
@NullMarked
package io.afterlearner.optimizer.api;

import org.jspecify.annotations.NullMarked;
