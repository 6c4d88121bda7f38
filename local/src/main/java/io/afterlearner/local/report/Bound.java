package io.afterlearner.local.report;

import org.jspecify.annotations.Nullable;

/**
 * By how much the search loss may be too good to be true.
 *
 * @param excess in units of the loss; null where there is no bound
 * @param reason why there is none, or what the bound says
 */
public record Bound(@Nullable Double excess, String reason) {}
