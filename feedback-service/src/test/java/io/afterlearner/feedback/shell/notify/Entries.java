package io.afterlearner.feedback.shell.notify;

import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import java.util.List;

/** Entries of the audit log. */
final class Entries {

    private Entries() {}

    static ArmsChange entry(ArmsAction action, long atMillis) {
        return entry("ranking-1a2b3c4d", action, atMillis, "feedback-service", "better by 3 <b>");
    }

    static ArmsChange entry(String study, ArmsAction action, long atMillis, String by, String reason) {
        return new ArmsChange(study, 7L, atMillis, by, action, reason, 0L, List.of(0.0), 5L, List.of(0.5), 42L);
    }

    static Notification notification(long offset) {
        return Notification.of("topic-0-" + offset, entry(ArmsAction.PROMOTE, 1))
                .orElseThrow();
    }
}
