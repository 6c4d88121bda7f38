package io.afterlearner.study.warmstart;

import io.afterlearner.study.InputException;
import io.afterlearner.study.yaml.Yaml;
import java.util.List;

/** A row of a history.csv, with as many cells as the header. */
record HistoryRow(Yaml at, long line, List<String> header, String[] cells) {

    String text(String column) {
        return cells[header.indexOf(column)];
    }

    /** @throws InputException if the cell is not a finite number */
    double number(String column) {
        String text = text(column);
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw at.error(
                "line " + line + ", column " + column + ": '" + text + "' is not a number",
                "give the history.csv as it was written");
    }

    InputException error(String problem) {
        return at.error("line " + line + " " + problem, "give the history.csv as it was written");
    }
}
