package io.afterlearner.evaluation.loss;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.aleph.Nearest;
import io.afterlearner.evaluation.data.DataException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A loss's settings by name, each value JSON text. Getters check type and range. They record the names asked for,
 * so that {@link #refuseUnread} detects a misspelt name.
 */
public final class Settings {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Limits a matrix to a million elements. */
    private static final int MAX_ROWS = 1000;

    private final String loss;
    private final Map<String, String> values;
    private final Set<String> known = new TreeSet<>();

    /** @param loss names the loss in errors */
    public Settings(String loss, Map<String, String> values) {
        this.loss = loss;
        this.values = new TreeMap<>(values);
    }

    /** A number in [low, high], or empty if not set. */
    public OptionalDouble number(String name, double low, double high) {
        JsonNode node = get(name, JsonNode::isNumber, "a number");
        if (node == null) {
            return OptionalDouble.empty();
        }
        double value = node.doubleValue();
        // Written so that NaN is rejected too.
        if (!(value >= low && value <= high)) {
            throw wrong(name, "is " + value, "give a number from " + low + " to " + high);
        }
        return OptionalDouble.of(value);
    }

    /** A whole number in [low, high], or empty if not set. */
    public OptionalLong whole(String name, long low, long high) {
        JsonNode node = get(name, JsonNode::isIntegralNumber, "a whole number");
        if (node == null) {
            return OptionalLong.empty();
        }
        if (!node.canConvertToLong() || node.longValue() < low || node.longValue() > high) {
            throw wrong(name, "is " + node, "give a whole number from " + low + " to " + high);
        }
        return OptionalLong.of(node.longValue());
    }

    /** True or false. */
    public boolean flag(String name, boolean otherwise) {
        JsonNode node = get(name, JsonNode::isBoolean, "true or false");
        return node == null ? otherwise : node.booleanValue();
    }

    /** Any text. */
    public @Nullable String text(String name) {
        JsonNode node = get(name, JsonNode::isTextual, "a text");
        return node == null ? null : node.textValue();
    }

    /** One of a few words. */
    public String word(String name, String otherwise, Set<String> words) {
        String word = text(name);
        if (word == null) {
            return otherwise;
        }
        if (!words.contains(word)) {
            throw wrong(name, "is \"" + shorten(word) + "\"", Nearest.hint(word, new TreeSet<>(words)));
        }
        return word;
    }

    /** A square matrix of finite numbers, or null if not set. */
    public double @Nullable [][] squareMatrix(String name) {
        JsonNode node = get(name, JsonNode::isArray, "a list of rows");
        if (node == null) {
            return null;
        }
        int size = node.size();
        if (size < 1 || size > MAX_ROWS) {
            throw wrong(name, "has " + size + " rows", "give 1 to " + MAX_ROWS);
        }
        double[][] matrix = new double[size][];
        for (int row = 0; row < size; row++) {
            matrix[row] = row(name, node.get(row), row, size);
        }
        return matrix;
    }

    private double[] row(String name, JsonNode node, int row, int size) {
        if (!node.isArray() || node.size() != size) {
            throw wrong(name, "is not square", "make row " + row + " a list of " + size + " numbers");
        }
        double[] values = new double[size];
        for (int column = 0; column < size; column++) {
            values[column] = node.get(column).doubleValue();
            if (!node.get(column).isNumber() || !Double.isFinite(values[column])) {
                throw wrong(name, "has no number at row " + row + ", column " + column, "give one");
            }
        }
        return values;
    }

    /** An error about one of the settings. */
    public DataException wrong(String name, String problem, String fix) {
        return DataException.setting(name, "setting " + name + " of loss " + loss + " " + problem, fix);
    }

    /** @throws DataException for a setting that no getter asked for */
    public void refuseUnread() {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw DataException.setting(
                        name, "loss " + loss + " has no setting \"" + shorten(name) + "\"", Nearest.hint(name, known));
            }
        }
    }

    private @Nullable JsonNode get(String name, Predicate<JsonNode> is, String wanted) {
        known.add(name);
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        try {
            JsonNode node = JSON.readTree(text);
            if (is.test(node)) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw wrong(
                    name, "is not JSON: " + shorten(text) + " (" + e.getOriginalMessage() + ")", "give a JSON value");
        }
        throw wrong(name, "is " + shorten(text), "give " + wanted);
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
