package io.afterlearner.optimizer.core;

import java.util.List;

/** What an input causes in a study. */
public sealed interface Decision {

    Decision NOTHING = new Happened(List.of());

    /** Events, in order; none if nothing changes. */
    record Happened(List<Event> events) implements Decision {}

    /** A fitness that is counted but not told. */
    record Ignored(Kind kind) implements Decision {}

    /** An order that cannot be carried out. */
    record Refused(String reason) implements Decision {}

    /** Why a fitness is ignored. */
    enum Kind {
        /** The number is told or failed already. */
        DUPLICATE,
        /** The number has expired. */
        LATE,
        /** The number was never asked. */
        UNKNOWN
    }
}
