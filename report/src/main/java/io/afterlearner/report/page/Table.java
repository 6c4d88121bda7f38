package io.afterlearner.report.page;

import java.util.List;

/**
 * A table for {@code table.html}. Only the last cell of a row may be long.
 *
 * @param rows each with at most as many cells as there are heads
 */
public record Table(List<String> heads, List<List<String>> rows) {}
