package io.afterlearner.observability.promql;

import java.util.List;
import java.util.regex.Pattern;

/** The series that a part of a query reads. */
public record Selector(String metric, List<Matcher> matchers) {

    /** Compares a label, {@code operator} being one of {@code = != =~ !~}. */
    public record Matcher(String label, String operator, String value) {
        /** A variable of a dashboard matches everything. */
        public boolean matches(String actual) {
            boolean variable = value.contains("$");
            return switch (operator) {
                case "=" -> variable || actual.equals(value);
                case "!=" -> variable || !actual.equals(value);
                case "=~" -> variable || Pattern.matches(value, actual);
                case "!~" -> variable || !Pattern.matches(value, actual);
                default -> throw new IllegalArgumentException("no operator: " + operator);
            };
        }
    }

    public Selector {
        matchers = List.copyOf(matchers);
    }
}
