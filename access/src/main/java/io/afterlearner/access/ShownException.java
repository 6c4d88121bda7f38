package io.afterlearner.access;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands for an exception in the log, without the logins in its message, its causes, and what it suppressed. */
final class ShownException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Exceptions of one stack trace; the others are not shown, because they are not checked. */
    private static final int MAX_EXCEPTIONS = 100;

    private ShownException(String text) {
        super(text);
    }

    /** The same exception if nothing in it has to be hidden. */
    static Throwable of(Throwable thrown) {
        Set<Throwable> all = all(thrown);
        return all.size() <= MAX_EXCEPTIONS && all.stream().noneMatch(ShownException::hasLogin)
                ? thrown
                : Objects.requireNonNull(copy(thrown, seen()));
    }

    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** With causes and suppressed ones, at most one more than the limit. */
    private static Set<Throwable> all(Throwable thrown) {
        Set<Throwable> all = seen();
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(thrown);
        while (!open.isEmpty() && all.size() <= MAX_EXCEPTIONS) {
            Throwable each = open.remove();
            if (all.add(each)) {
                Collections.addAll(open, each.getSuppressed());
                if (each.getCause() != null) {
                    open.add(each.getCause());
                }
            }
        }
        return all;
    }

    private static boolean hasLogin(Throwable thrown) {
        return LoginFilter.hasLogin(String.valueOf(thrown))
                || LoginFilter.hasLogin(String.valueOf(thrown.getMessage()));
    }

    private static @Nullable ShownException copy(@Nullable Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || seen.size() >= MAX_EXCEPTIONS || !seen.add(thrown)) {
            return null;
        }
        ShownException shown = new ShownException(LoginFilter.hidden(String.valueOf(thrown)));
        shown.setStackTrace(thrown.getStackTrace());
        ShownException cause = copy(thrown.getCause(), seen);
        if (cause != null) {
            shown.initCause(cause);
        }
        for (Throwable each : thrown.getSuppressed()) {
            ShownException suppressed = copy(each, seen);
            if (suppressed != null) {
                shown.addSuppressed(suppressed);
            }
        }
        return shown;
    }

    /** The message begins with the class of the exception that this stands for. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
