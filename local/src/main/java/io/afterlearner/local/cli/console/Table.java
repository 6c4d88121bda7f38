package io.afterlearner.local.cli.console;

import io.afterlearner.aleph.Printable;
import java.util.ArrayList;
import java.util.List;

/** Rows under a header, in aligned columns. Long cells are cut. */
public final class Table {
    private static final int MAX_WIDTH = 60;

    private final List<List<String>> rows = new ArrayList<>();
    private boolean lastWhole;

    public Table(String... header) {
        rows.add(List.of(header));
    }

    /** Does not cut the last column. */
    public Table lastWhole() {
        lastWhole = true;
        return this;
    }

    public void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            String text = Printable.line(String.valueOf(cell));
            boolean fits = text.length() <= MAX_WIDTH || (lastWhole && row.size() == cells.length - 1);
            row.add(fits ? text : text.substring(0, MAX_WIDTH - 1) + "…");
        }
        rows.add(row);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
