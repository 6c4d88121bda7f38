package io.afterlearner.observability.promql;

import io.afterlearner.observability.MetricTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a query and checks it: every metric is in the table, every label belongs to the metrics that it is used on, a rate is taken
 * of a counter, and functions get the kind of vector that they need. What it cannot read, it refuses.
 *
 * <pre>{@code
 * Query query = Query.of("sum by (pool) (rate(afterlearner_optimizer_candidates_total[5m]))", table);
 * query.labels();      // [pool]
 * query.selectors();   // [afterlearner_optimizer_candidates_total]
 * }</pre>
 */
public final class Query {
    private static final Set<String> TARGET = Set.of("job", "instance");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
    private static final Set<String> OVER_COUNTERS = Set.of("rate", "increase");
    private static final Set<String> OVER_GAUGES = Set.of("changes", "max_over_time", "min_over_time", "avg_over_time");
    private static final Set<String> OF_VECTORS = Set.of("abs", "clamp_min", "absent", "vector");
    private static final List<Set<String>> BINARY = List.of(
            Set.of("or"),
            Set.of("and", "unless"),
            Set.of("==", "!=", ">", "<", ">=", "<="),
            Set.of("+", "-"),
            Set.of("*", "/", "%"),
            Set.of("^"));

    private final Cursor at;
    private final MetricTable table;
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> labels;

    private Query(String text, MetricTable table) {
        this.at = new Cursor(text.replace("$__rate_interval", "5m"));
        this.table = table;
        Value whole = binary(0);
        at.require(!whole.isRange(), "a query gives no range vector");
        at.expect("the end");
        this.labels = whole.labels();
    }

    /** @throws IllegalArgumentException if it is wrong, or uses what this class cannot read */
    public static Query of(String text, MetricTable table) {
        return new Query(text, table);
    }

    /** Labels that the result's series may have. */
    public Set<String> labels() {
        return labels;
    }

    public List<Selector> selectors() {
        return List.copyOf(selectors);
    }

    private Value binary(int level) {
        if (level == BINARY.size()) {
            return unary();
        }
        Value left = binary(level + 1);
        while (at.isOneOf(BINARY.get(level))) {
            String operator = at.take();
            left = combined(operator, left, level);
        }
        return left;
    }

    private Value combined(String operator, Value left, int level) {
        String matching = at.isOneOf(Set.of("on", "ignoring")) ? at.take() : "";
        Set<String> by = matching.isEmpty() ? Set.of() : at.names();
        boolean keepsLeft = at.isOneOf(Set.of("group_left"));
        if (keepsLeft) {
            at.take();
            at.require(at.names().isEmpty(), "group_left takes no labels here");
        }
        Value right = binary(level + 1);
        at.require(!left.isRange() && !right.isRange(), operator + " takes no range vector");
        for (String label : by) {
            boolean both = left.labels().contains(label) && right.labels().contains(label);
            at.require(both, "label " + label + " is not on both sides of " + operator);
        }
        boolean filters = Set.of("and", "unless").contains(operator);
        if (right.equals(Value.NUMBER) || filters || keepsLeft) {
            return Value.vector(left.labels());
        }
        return matching.equals("on") ? Value.vector(by) : left.equals(Value.NUMBER) ? right : Value.joined(left, right);
    }

    private Value unary() {
        if (at.isOneOf(Set.of("-"))) {
            at.take();
        }
        Value value = primary();
        return at.isOneOf(Set.of("[")) ? range(value) : value;
    }

    private Value range(Value of) {
        at.expect("[");
        at.expectDuration();
        at.expect("]");
        at.require(!of.isRange(), "a range of a range");
        return new Value(of.labels(), true, of.isCounter());
    }

    private Value primary() {
        if (at.isNumber()) {
            at.take();
            return Value.NUMBER;
        }
        if (at.isOneOf(Set.of("("))) {
            at.expect("(");
            Value inner = binary(0);
            at.expect(")");
            return inner;
        }
        String name = at.name();
        if (AGGREGATIONS.contains(name)) {
            return aggregated();
        }
        return at.isOneOf(Set.of("(")) ? called(name) : selected(name);
    }

    private Value aggregated() {
        Set<String> by = Set.of();
        if (at.isOneOf(Set.of("by"))) {
            at.take();
            by = at.names();
        }
        at.expect("(");
        Value of = binary(0);
        at.expect(")");
        at.require(!of.isRange(), "an aggregation takes no range vector");
        for (String label : by) {
            at.require(of.labels().contains(label), "no label " + label + " to aggregate by; there are " + of.labels());
        }
        return Value.vector(by);
    }

    private Value called(String function) {
        at.expect("(");
        Value of = binary(0);
        while (at.isOneOf(Set.of(","))) {
            at.take();
            at.require(at.isNumber(), "a further argument is a number");
            at.take();
        }
        at.expect(")");
        boolean overRange = OVER_COUNTERS.contains(function) || OVER_GAUGES.contains(function);
        at.require(overRange || OF_VECTORS.contains(function), "unknown function " + function);
        at.require(of.isRange() == overRange, function + (overRange ? " takes" : " takes no") + " range vector");
        at.require(!OVER_COUNTERS.contains(function) || of.isCounter(), function + " is only for counters");
        return function.equals("absent") ? Value.vector(Set.of()) : Value.vector(of.labels());
    }

    private Value selected(String metric) {
        MetricTable.Metric known = table.metric(metric);
        at.require(known != null, "unknown metric " + metric);
        Set<String> all = new TreeSet<>(TARGET);
        all.addAll(known == null ? Set.of() : known.labels());
        List<Selector.Matcher> matchers = at.isOneOf(Set.of("{")) ? at.matchers() : List.of();
        for (Selector.Matcher matcher : matchers) {
            at.require(all.contains(matcher.label()), metric + " has no label " + matcher.label());
        }
        selectors.add(new Selector(metric, matchers));
        return new Value(all, false, known != null && known.isCounter());
    }
}
