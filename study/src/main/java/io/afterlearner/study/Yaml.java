package io.afterlearner.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a YAML file that knows its place: every reading is strict, and what does not fit is an
 * {@link InputException} naming file, line and key.
 *
 * @param place dotted path such as {@code optimizer.budget}; empty for the document
 */
record Yaml(Source source, String place, Node node) {

    static Yaml read(Source source) {
        return new Yaml(source, "", source.compose());
    }

    int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    InputException error(String what) {
        return source.error(line(), place, what);
    }

    /** The entries of a mapping whose keys are all among {@code keys}. */
    Map<String, Yaml> mapping(Collection<String> keys) {
        Map<String, Yaml> entries = mapping();
        for (Map.Entry<String, Yaml> entry : entries.entrySet()) {
            if (!keys.contains(entry.getKey())) {
                throw entry.getValue().error("is not a key here" + Nearest.hint(entry.getKey(), keys));
            }
        }
        return entries;
    }

    /** The entries of a mapping, in order. */
    Map<String, Yaml> mapping() {
        if (!(node instanceof MappingNode mapping)) {
            throw error("must be a mapping (key: value), not " + kind());
        }
        Map<String, Yaml> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw error("has a key that is not a word");
            }
            String path = place.isEmpty() ? key.getValue() : place + "." + key.getValue();
            if (entries.put(key.getValue(), new Yaml(source, path, tuple.getValueNode())) != null) {
                throw new Yaml(source, path, key).error("is there twice; keep one");
            }
        }
        return entries;
    }

    List<Yaml> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("must be a list, not " + kind());
        }
        List<Yaml> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Yaml(source, place + "[" + items.size() + "]", item));
        }
        return items;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isBool() {
        return node.getTag().equals(Tag.BOOL);
    }

    boolean isNumber() {
        return node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    }

    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** A word as written; numbers count, because ONNX tensors often have numbers for names. */
    String text() {
        if (!(node instanceof ScalarNode scalar) || isNull() || isBool()) {
            throw error("must be a text, not " + kind());
        }
        if (scalar.getValue().isBlank()) {
            throw error("must not be empty");
        }
        return scalar.getValue();
    }

    /** One of a few words. */
    String oneOf(Collection<String> words) {
        String word = text();
        if (!words.contains(word)) {
            throw error(word + " is not known" + Nearest.hint(word, words));
        }
        return word;
    }

    /** One of an enumeration's constants, in small letters; UNKNOWN is for readers of later versions and never one. */
    <E extends Enum<E>> E constant(Class<E> type) {
        List<String> words = Stream.of(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .filter(word -> !word.equals("unknown"))
                .toList();
        return Enum.valueOf(type, oneOf(words).toUpperCase(Locale.ROOT));
    }

    /** Two numbers, the first below the second; ends may be infinite. */
    double[] range() {
        List<Yaml> ends = list();
        if (ends.size() != 2) {
            throw error("must be two numbers, [low, high], not " + ends.size());
        }
        double low = ends.get(0).numberOrInfinity();
        double high = ends.get(1).numberOrInfinity();
        if (low >= high) {
            throw error("must be [low, high] with low below high, not [" + low + ", " + high + "]");
        }
        return new double[] {low, high};
    }

    boolean bool() {
        if (!(node instanceof ScalarNode scalar) || !isBool()) {
            throw error("must be true or false, not " + kind());
        }
        return Boolean.parseBoolean(scalar.getValue());
    }

    /** A finite number. */
    double number() {
        double value = numberOrInfinity();
        if (Double.isInfinite(value)) {
            throw error("must be a finite number");
        }
        return value;
    }

    /** A number; {@code .inf} and {@code -.inf} count, {@code .nan} never. */
    double numberOrInfinity() {
        if (!(node instanceof ScalarNode scalar) || !isNumber()) {
            throw error("must be a number, not " + kind());
        }
        String text = scalar.getValue().replace(".inf", "Infinity");
        try {
            double value = Double.parseDouble(text);
            if (!Double.isNaN(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw source.error(line(), place, "must be a number, not " + kind());
        }
        throw error("must be a number, not .nan");
    }

    long integer(long least, long most) {
        if (!(node instanceof ScalarNode scalar) || !node.getTag().equals(Tag.INT)) {
            throw error("must be a whole number, not " + kind());
        }
        long value;
        try {
            value = Long.parseLong(scalar.getValue());
        } catch (NumberFormatException e) {
            throw error("must be a whole number from " + least + " to " + most + ", not " + kind());
        }
        if (value < least) {
            throw error("must be at least " + least + ", not " + value);
        }
        if (value > most) {
            throw error("must be at most " + most + ", not " + value);
        }
        return value;
    }

    private String kind() {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        String value = ((ScalarNode) node).getValue();
        return isNull() ? "empty" : value.length() > 40 ? value.substring(0, 40) + "…" : value;
    }
}
