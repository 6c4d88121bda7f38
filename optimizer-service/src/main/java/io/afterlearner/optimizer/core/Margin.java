package io.afterlearner.optimizer.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a study remembers beside its events, of bounded size: a flood of duplicates must not make its log grow.
 *
 * @param duplicate fitness ignored as {@link Decision.Kind#DUPLICATE}
 * @param late fitness ignored as {@link Decision.Kind#LATE}
 * @param unknown fitness ignored as {@link Decision.Kind#UNKNOWN}
 * @param commands ids of the latest commands carried out, oldest first, at most {@link Limits#COMMANDS_REMEMBERED}
 */
public record Margin(long duplicate, long late, long unknown, List<String> commands) {

    public static final Margin EMPTY = new Margin(0, 0, 0, List.of());

    public Margin {
        commands = List.copyOf(commands);
    }

    Margin ignoring(Decision.Kind kind) {
        return switch (kind) {
            case DUPLICATE -> new Margin(duplicate + 1, late, unknown, commands);
            case LATE -> new Margin(duplicate, late + 1, unknown, commands);
            case UNKNOWN -> new Margin(duplicate, late, unknown + 1, commands);
        };
    }

    Margin remembering(String command) {
        int forgotten = commands.size() < Limits.COMMANDS_REMEMBERED ? 0 : 1;
        List<String> latest = new ArrayList<>(commands.subList(forgotten, commands.size()));
        latest.add(command);
        return new Margin(duplicate, late, unknown, latest);
    }
}
