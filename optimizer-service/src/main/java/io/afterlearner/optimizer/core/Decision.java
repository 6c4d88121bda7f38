package io.afterlearner.optimizer.core;

import java.util.List;

/** What a study makes of an input. */
public sealed interface Decision {

    Decision NOTHING = new Happened(List.of());

    /** These events, in this order; none if nothing changes. */
    record Happened(List<Event> events) implements Decision {}

    /** A fitness that is counted and never told. */
    record Ignored(Kind kind) implements Decision {}

    /** An order that cannot be carried out. */
    record Refused(String reason) implements Decision {}

    /** Why a fitness is ignored. */
    enum Kind {
        /** For a number told or failed already. */
        DUPLICATE,
        /** For a number that expired. */
        LATE,
        /** For a number never asked. */
        UNKNOWN
    }
}
