package io.afterlearner.report.page;

/**
 * A figure at the top of a page.
 *
 * @param more printed small after the value; may be empty
 */
public record Tile(String value, String more, String label) {
    public Tile {
        value = value.isEmpty() ? "–" : value;
    }
}
