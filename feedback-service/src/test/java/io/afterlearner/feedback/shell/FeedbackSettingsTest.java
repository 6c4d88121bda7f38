package io.afterlearner.feedback.shell;

import io.afterlearner.access.settings.Nonsense;
import org.junit.jupiter.api.Test;

/** A wrong setting of this service, or of a module that it uses, ends the start with one line. */
class FeedbackSettingsTest {
    @Test
    void nonsenseIsRefusedWithTheNameOfTheSetting() {
        Nonsense.refused();
    }
}
