package io.afterlearner.observability.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a query into tokens. */
final class Lexer {

    enum Kind {
        NAME,
        NUMBER,
        DURATION,
        STRING,
        SYMBOL,
        END
    }

    record Token(Kind kind, String text, int at) {
        boolean is(String symbolOrWord) {
            return kind != Kind.STRING && text.equals(symbolOrWord);
        }
    }

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<duration>(?:[0-9]+(?:ms|[smhdwy]))+)(?![A-Za-z0-9_])"
            + "|(?<number>[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
            + "|(?<name>[A-Za-z_:][A-Za-z0-9_:]*)"
            + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\")"
            + "|(?<symbol>==|!=|>=|<=|=~|!~|[-+*/%^(){}\\[\\],=<>@:]))");

    private Lexer() {}

    /** @throws IllegalArgumentException at what is no token */
    static List<Token> tokens(String query) {
        List<Token> tokens = new ArrayList<>();
        Matcher next = TOKEN.matcher(query);
        int at = 0;
        while (!query.substring(at).isBlank()) {
            next.region(at, query.length());
            if (!next.lookingAt()) {
                throw new IllegalArgumentException("no PromQL at " + at + ": " + query.substring(at));
            }
            tokens.add(token(next));
            at = next.end();
        }
        tokens.add(new Token(Kind.END, "the end", at));
        return tokens;
    }

    private static Token token(Matcher found) {
        for (Kind kind : List.of(Kind.DURATION, Kind.NUMBER, Kind.NAME, Kind.STRING, Kind.SYMBOL)) {
            String text = found.group(kind.name().toLowerCase(java.util.Locale.ROOT));
            if (text != null) {
                return new Token(kind, text, found.end() - text.length());
            }
        }
        throw new IllegalStateException("a token of no kind");
    }
}
