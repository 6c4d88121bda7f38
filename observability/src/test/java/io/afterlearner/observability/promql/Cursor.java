package io.afterlearner.observability.promql;

import io.afterlearner.observability.promql.Lexer.Kind;
import io.afterlearner.observability.promql.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A place in a query. */
final class Cursor {
    private final String query;
    private final List<Token> tokens;
    private int next;

    Cursor(String query) {
        this.query = query;
        this.tokens = Lexer.tokens(query);
    }

    private Token token() {
        return tokens.get(next);
    }

    void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(
                    problem + ", before " + token().text() + " at " + token().at() + " of " + query);
        }
    }

    boolean isOneOf(Set<String> texts) {
        return token().kind() != Kind.STRING && texts.contains(token().text());
    }

    boolean isNumber() {
        return token().kind() == Kind.NUMBER;
    }

    String take() {
        return tokens.get(next++).text();
    }

    void expect(String text) {
        require(token().is(text), text + " is missing");
        next++;
    }

    void expectDuration() {
        require(token().kind() == Kind.DURATION, "a duration is missing");
        next++;
    }

    String name() {
        require(token().kind() == Kind.NAME, "a name is missing");
        return take();
    }

    private String string() {
        require(token().kind() == Kind.STRING, "a string is missing");
        String quoted = take();
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Names in parentheses, which may be none. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        expect("(");
        while (!token().is(")")) {
            names.add(name());
            if (!token().is(")")) {
                expect(",");
            }
        }
        expect(")");
        return names;
    }

    List<Selector.Matcher> matchers() {
        List<Selector.Matcher> matchers = new ArrayList<>();
        expect("{");
        while (!token().is("}")) {
            String label = name();
            require(isOneOf(Set.of("=", "!=", "=~", "!~")), "an operator is missing");
            matchers.add(new Selector.Matcher(label, take(), string()));
            if (!token().is("}")) {
                expect(",");
            }
        }
        expect("}");
        return matchers;
    }
}
