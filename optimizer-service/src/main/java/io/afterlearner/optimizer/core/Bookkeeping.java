package io.afterlearner.optimizer.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a study keeps beside its events. Its size is bounded: a flood of duplicates must not make the log grow.
 *
 * @param duplicate fitness ignored as {@link Decision.Kind#DUPLICATE}
 * @param late fitness ignored as {@link Decision.Kind#LATE}
 * @param unknown fitness ignored as {@link Decision.Kind#UNKNOWN}
 * @param commands ids of the latest commands carried out, oldest first, at most {@link Limits#COMMANDS_REMEMBERED}
 */
public record Bookkeeping(long duplicate, long late, long unknown, List<String> commands) {

    public static final Bookkeeping EMPTY = new Bookkeeping(0, 0, 0, List.of());

    public Bookkeeping {
        commands = List.copyOf(commands);
    }

    Bookkeeping ignoring(Decision.Kind kind) {
        return switch (kind) {
            case DUPLICATE -> new Bookkeeping(duplicate + 1, late, unknown, commands);
            case LATE -> new Bookkeeping(duplicate, late + 1, unknown, commands);
            case UNKNOWN -> new Bookkeeping(duplicate, late, unknown + 1, commands);
        };
    }

    Bookkeeping remembering(String command) {
        int forgotten = commands.size() < Limits.COMMANDS_REMEMBERED ? 0 : 1;
        List<String> latest = new ArrayList<>(commands.subList(forgotten, commands.size()));
        latest.add(command);
        return new Bookkeeping(duplicate, late, unknown, latest);
    }
}
