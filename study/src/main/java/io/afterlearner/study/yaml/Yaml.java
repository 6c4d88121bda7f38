package io.afterlearner.study.yaml;

import io.afterlearner.aleph.Nearest;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.study.InputError;
import io.afterlearner.study.InputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in a YAML file, with its line and path. Getters are strict: a value of another type is an {@link InputException}.
 *
 * @param place path such as {@code optimizer.budget} or {@code aleph[1].range}; empty for the document
 */
public record Yaml(Source source, String place, Node node) {
    private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+|\\[[0-9]+]");

    public static Yaml read(Source source) {
        return new Yaml(source, "", source.compose());
    }

    /** An error whose problem says what the value must be. */
    public InputException error(String problem) {
        return new InputException(new InputError(source.name(), line(), place, problem, ""));
    }

    public InputException error(String problem, String fix) {
        return new InputException(new InputError(source.name(), line(), place, problem, fix));
    }

    public InputException error(Refusal refusal) {
        return error(refusal.problem(), refusal.fix());
    }

    private int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** An entry of this mapping that is not there, as a place for errors: it has this mapping's line. */
    public Yaml missing(String key) {
        return new Yaml(source, path(key), node);
    }

    /** The value at a path below this one, or the nearest value above it that is written. */
    public Yaml nearest(String path) {
        Yaml at = this;
        Matcher steps = STEP.matcher(path);
        while (steps.find()) {
            String below = steps.group().startsWith("[") ? at.place + steps.group() : at.path(steps.group());
            Yaml found =
                    at.children().filter(c -> c.place.equals(below)).findFirst().orElse(null);
            if (found == null) {
                return at;
            }
            at = found;
        }
        return at;
    }

    private Stream<Yaml> children() {
        return isMapping() ? mapping().values().stream() : isList() ? list().stream() : Stream.empty();
    }

    private String path(String key) {
        return place.isEmpty() ? key : place + "." + key;
    }

    /** The entries of a mapping whose keys are all known. */
    public Map<String, Yaml> mapping(Collection<String> known) {
        Map<String, Yaml> entries = mapping();
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.error("unknown key", Nearest.hint(key, known));
            }
        });
        return entries;
    }

    /** The entries of a mapping, in order. */
    public Map<String, Yaml> mapping() {
        if (!(node instanceof MappingNode mapping)) {
            throw error("must be a mapping (key: value), not " + kind());
        }
        Map<String, Yaml> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw error("has a key that is not plain text", "write key: value");
            }
            String path = path(key.getValue());
            if (entries.put(key.getValue(), new Yaml(source, path, tuple.getValueNode())) != null) {
                throw new Yaml(source, path, key).error("is given twice", "keep one");
            }
        }
        return entries;
    }

    public List<Yaml> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("must be a list, not " + kind());
        }
        List<Yaml> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Yaml(source, place + "[" + items.size() + "]", item));
        }
        return items;
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
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

    /** Text as written. A number is text too, because many ONNX tensors have numbers for names. */
    public String text() {
        if (!(node instanceof ScalarNode scalar) || isNull() || isBool()) {
            throw error("must be text, not " + kind());
        }
        if (scalar.getValue().isBlank()) {
            throw error("must not be empty");
        }
        return scalar.getValue();
    }

    public String oneOf(Collection<String> words) {
        String word = text();
        if (!words.contains(word)) {
            throw error("unknown value " + word, Nearest.hint(word, words));
        }
        return word;
    }

    /** A constant of an enumeration, in lower case. UNKNOWN is never accepted: it stands for constants of later versions. */
    public <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(type, oneOf(words(type)).toUpperCase(Locale.ROOT));
    }

    /** What {@link #constant} accepts. */
    public static List<String> words(Class<? extends Enum<?>> type) {
        return Stream.of(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .filter(word -> !word.equals("unknown"))
                .toList();
    }

    /** Two numbers, the first below the second; both may be infinite. */
    public double[] range() {
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

    public boolean bool() {
        if (!(node instanceof ScalarNode scalar) || !isBool()) {
            throw error("must be true or false, not " + kind());
        }
        return Boolean.parseBoolean(scalar.getValue());
    }

    /** A finite number. */
    public double number() {
        double value = numberOrInfinity();
        if (Double.isInfinite(value)) {
            throw error("must be a finite number, not " + value);
        }
        return value;
    }

    /** A number, {@code .inf} or {@code -.inf}, but not {@code .nan}. */
    private double numberOrInfinity() {
        if (!(node instanceof ScalarNode scalar) || !isNumber()) {
            throw error("must be a number, not " + kind());
        }
        try {
            double value = Double.parseDouble(scalar.getValue().replace(".inf", "Infinity"));
            boolean tooLarge = Double.isInfinite(value) && !scalar.getValue().contains("inf");
            if (tooLarge) {
                throw error("must be at most " + Double.MAX_VALUE + " in size, not " + kind());
            }
            if (!Double.isNaN(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Such as .nan, or 0x10, which YAML takes for a number.
        }
        throw error("must be a decimal number, not " + kind());
    }

    /** A whole number from {@code least} to {@code most}. */
    public long whole(long least, long most) {
        if (!(node instanceof ScalarNode scalar) || !node.getTag().equals(Tag.INT)) {
            throw error("must be a whole number, not " + kind());
        }
        try {
            long value = Long.parseLong(scalar.getValue());
            if (value < least || value > most) {
                throw error("must be at " + (value < least ? "least " + least : "most " + most) + ", not " + value);
            }
            return value;
        } catch (NumberFormatException e) {
            throw error("must be a whole number from " + least + " to " + most + ", not " + kind());
        }
    }

    private String kind() {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        ScalarNode scalar = (ScalarNode) node;
        String value = scalar.getValue();
        String quote = switch (scalar.getScalarStyle()) {
            case SINGLE_QUOTED -> "'";
            case DOUBLE_QUOTED -> "\"";
            default -> "";
        };
        return isNull() ? "empty" : quote + (value.length() > 40 ? value.substring(0, 40) + "…" : value) + quote;
    }
}
