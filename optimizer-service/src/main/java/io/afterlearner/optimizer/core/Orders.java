package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Space;
import org.jspecify.annotations.Nullable;

/** Decides which orders a study can carry out. */
public final class Orders {

    private Orders() {}

    /**
     * Why a study in this state cannot carry out the order; null if it can. Pausing a paused study, resuming a running one and
     * stopping a stopped one are allowed and do nothing.
     */
    public static @Nullable String refusal(Input.Order order, Status status, long budget, long asked, Space space) {
        if (order.id().isEmpty() || order.id().length() > Limits.MAX_NAME_CHARACTERS) {
            return "a command's id has " + order.id().length() + " characters; give 1 to " + Limits.MAX_NAME_CHARACTERS;
        }
        return switch (order.action()) {
            case PAUSE, RESUME -> ended(status, "EXTEND it, or create a new one");
            case STOP -> status == Status.FINISHED ? ended(status, "no command is needed") : null;
            case EXTEND -> extension(order, status, budget, space);
            case SUGGEST -> suggestion(order, status, budget, asked, space);
            case CENTRE -> outside(order, space);
            case REOPEN -> status == Status.STOPPED ? ended(status, "create a new one") : null;
        };
    }

    private static @Nullable String ended(Status status, String remedy) {
        return status.hasEnded() ? "the study is " + status + "; " + remedy : null;
    }

    private static @Nullable String extension(Input.Order order, Status status, long budget, Space space) {
        if (status == Status.STOPPED) {
            return ended(status, "create a new one");
        }
        if (order.budget() <= budget) {
            return "budget is " + order.budget() + "; give more than the " + budget + " the study has";
        }
        return Limits.overBudget(order.budget(), space.dimension());
    }

    private static @Nullable String suggestion(Input.Order order, Status status, long budget, long asked, Space space) {
        if (status.hasEnded() || asked >= budget) {
            return "the study has no candidate left to ask; EXTEND it first";
        }
        return outside(order, space);
    }

    private static @Nullable String outside(Input.Order order, Space space) {
        try {
            space.check(order.values());
            return null;
        } catch (IllegalArgumentException e) {
            return Limits.reason("values: " + e.getMessage());
        }
    }
}
