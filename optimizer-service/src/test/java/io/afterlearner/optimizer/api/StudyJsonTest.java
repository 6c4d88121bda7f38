package io.afterlearner.optimizer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.afterlearner.http.JsonRecords;
import io.afterlearner.optimizer.shell.IncumbentRecords;
import io.afterlearner.optimizer.shell.Messages;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import org.junit.jupiter.api.Test;

class StudyJsonTest {
    private final StudySpec spec = Messages.spec("s", 10, 1);
    private final Incumbent unbegun = IncumbentRecords.unbegun(spec);

    @Test
    void theCauseOfAStopIsItsKindAndTheFiguresThatBelongToIt() {
        Incumbent stopped = Incumbent.newBuilder(unbegun)
                .setCause(FailureCause.newBuilder()
                        .setKind(FailureKind.EXPIRED)
                        .setMillis(60_000L)
                        .setPool("gpu")
                        .build())
                .build();

        assertEquals(
                JsonRecords.parse("{\"kind\":\"EXPIRED\",\"millis\":60000,\"pool\":\"gpu\"}"),
                JsonRecords.parse(StudyJson.of(spec, stopped, null).cause().toString()));
    }

    @Test
    void aStudyThatRunsHasNoCause() {
        assertNull(StudyJson.of(spec, unbegun, null).cause());
    }
}
