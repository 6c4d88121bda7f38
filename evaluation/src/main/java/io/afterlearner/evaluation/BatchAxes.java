package io.afterlearner.evaluation;

import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.DataException.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The axis of each input and of the scored output on which the examples lie. It is the dimension whose symbol all of them share.
 * A model without such symbols has it first, or where an input has its only dynamic dimension. Anything else is refused, because
 * another axis would give another loss.
 *
 * @param inputs by name
 * @param output of the scored output
 * @param fixedRows the batch size that the graph requires; 0 for any
 */
record BatchAxes(Map<String, Integer> inputs, int output, int fixedRows) {

    /** @throws DataException if an axis is not clear, or the study gives one that the model does not have */
    static BatchAxes of(List<ValueInfo> inputs, ValueInfo output, Batching batching) {
        Map<String, Integer> asked = new TreeMap<>(batching.axes());
        Symbol symbol = Symbol.of(inputs, output, asked);
        Map<String, Integer> axes = new LinkedHashMap<>();
        for (ValueInfo input : inputs) {
            Integer given = asked.remove(input.name());
            axes.put(input.name(), given == null ? symbol.axis(input) : checked(input, given));
        }
        Integer given = asked.remove(output.name());
        int scored = given == null ? symbol.outputAxis(output) : checked(output, given);
        if (!asked.isEmpty()) {
            throw new DataException(
                    Subject.EVALUATION,
                    "axes names \"" + asked.keySet().iterator().next()
                            + "\", which is no input and not the scored output",
                    "name an input or " + output.name());
        }
        int rows = fixedRows(inputs, axes);
        refuseFixedOutput(output, scored, rows);
        return new BatchAxes(axes, scored, rows);
    }

    /** Otherwise a batch that happens to be as large would look like it. */
    private static void refuseFixedOutput(ValueInfo output, int axis, int rows) {
        if (rows == 0 && axis < output.shape().length && output.shape()[axis] >= 0) {
            throw new DataException(
                    Subject.LOSS,
                    "output \"" + output.name() + "\" is " + output.describe() + ", whose dimension " + axis
                            + " has a fixed size although the number of examples is free, so its rows are not the"
                            + " examples, which is not supported",
                    "name the axis of its examples in evaluation.axes, or score another output");
        }
    }

    private static int checked(ValueInfo value, int axis) {
        if (value.ranked() && axis >= value.shape().length) {
            throw new DataException(
                    Subject.EVALUATION,
                    "axes." + value.name() + " is " + axis + ", but the model has " + value.describe(),
                    "count dimensions from 0");
        }
        return axis;
    }

    private static int fixedRows(List<ValueInfo> inputs, Map<String, Integer> axes) {
        Map<String, Long> fixed = new LinkedHashMap<>();
        for (ValueInfo input : inputs) {
            long rows = input.ranked() ? input.shape()[axes.getOrDefault(input.name(), 0)] : -1;
            if (rows >= 0) {
                fixed.put(input.name(), rows);
            }
        }
        if (fixed.isEmpty()) {
            return 0;
        }
        if (Set.copyOf(fixed.values()).size() > 1 || fixed.containsValue(0L)) {
            throw unclear("the inputs have different fixed batch sizes: " + fixed, inputs);
        }
        return Math.toIntExact(fixed.values().iterator().next());
    }

    private static DataException unclear(String problem, List<ValueInfo> inputs) {
        List<String> axes = new ArrayList<>();
        inputs.forEach(input -> axes.add(input.name() + ": AXIS"));
        return new DataException(
                Subject.MODEL,
                problem + ", so it is not clear on which axis the examples lie",
                "say it with evaluation.axes: {" + String.join(", ", axes) + "}");
    }

    /**
     * What the declarations say about the dimension of the examples.
     *
     * @param name shared by inputs and output; empty if there is none
     * @param dynamic whether any input has a dynamic dimension
     */
    private record Symbol(String name, boolean dynamic, List<ValueInfo> inputs) {

        static Symbol of(List<ValueInfo> inputs, ValueInfo output, Map<String, Integer> asked) {
            boolean dynamic = inputs.stream().anyMatch(Symbol::isDynamic);
            Set<String> shared = shared(inputs, output, asked);
            if (shared.size() > 1) {
                Set<String> first = new LinkedHashSet<>(shared);
                inputs.stream().filter(Symbol::hasSymbols).forEach(input -> first.retainAll(Set.of(symbol(input, 0))));
                if (first.isEmpty()) {
                    throw unclear("inputs and output share the dimensions " + String.join(", ", shared), inputs);
                }
                shared = first;
            }
            return new Symbol(shared.isEmpty() ? "" : shared.iterator().next(), dynamic, inputs);
        }

        private static Set<String> shared(List<ValueInfo> inputs, ValueInfo output, Map<String, Integer> asked) {
            Set<String> shared = null;
            for (ValueInfo input : inputs) {
                Integer axis = asked.get(input.name());
                Set<String> own = new LinkedHashSet<>(axis == null ? input.symbols() : List.of(symbol(input, axis)));
                own.remove("");
                if (shared == null && !own.isEmpty()) {
                    shared = own;
                } else if (shared != null && !own.isEmpty()) {
                    shared.retainAll(own);
                }
            }
            Set<String> all = shared == null ? new LinkedHashSet<>() : shared;
            Set<String> alsoInOutput = new LinkedHashSet<>(all);
            alsoInOutput.retainAll(output.symbols());
            return alsoInOutput.isEmpty() ? all : alsoInOutput;
        }

        private static boolean hasSymbols(ValueInfo value) {
            return value.symbols().stream().anyMatch(symbol -> !symbol.isEmpty());
        }

        private static boolean isDynamic(ValueInfo value) {
            return !value.ranked() || dynamicAxes(value).size() > 0;
        }

        private static List<Integer> dynamicAxes(ValueInfo value) {
            List<Integer> axes = new ArrayList<>();
            for (int d = 0; d < value.shape().length; d++) {
                if (value.shape()[d] < 0) {
                    axes.add(d);
                }
            }
            return axes;
        }

        private static String symbol(ValueInfo value, int axis) {
            return axis < value.symbols().size() ? value.symbols().get(axis) : "";
        }

        int axis(ValueInfo input) {
            if (!input.ranked()) {
                return 0;
            }
            if (input.shape().length == 0) {
                throw new DataException(
                        Subject.MODEL,
                        "input \"" + input.name() + "\" is a scalar (" + input.type() + " []), which is not supported,"
                                + " because each example feeds a row of its own to every input",
                        "store its value in the model as an initializer");
            }
            if (input.symbols().contains(name) && !name.isEmpty()) {
                return only(input);
            }
            return unnamed(input);
        }

        private int only(ValueInfo value) {
            int axis = value.symbols().indexOf(name);
            if (axis != value.symbols().lastIndexOf(name)) {
                throw unclear(
                        value.name() + " is " + value.describe() + ", which has the dimension " + name + " twice",
                        inputs);
            }
            return axis;
        }

        private int unnamed(ValueInfo input) {
            List<Integer> axes = dynamicAxes(input);
            if (axes.size() == 1 || axes.contains(0)) {
                return axes.get(0);
            }
            if (axes.isEmpty() && !dynamic) {
                return 0;
            }
            String wanted = name.isEmpty() ? "dynamic, as the examples are in other inputs" : "\"" + name + "\"";
            throw unclear(
                    "input \"" + input.name() + "\" is " + input.describe() + ", of which no dimension is " + wanted
                            + " (an example that is a whole sequence, and a state that all examples share, are not"
                            + " supported)",
                    List.of(input));
        }

        int outputAxis(ValueInfo output) {
            return !name.isEmpty() && output.symbols().contains(name) ? only(output) : 0;
        }
    }
}
