package io.afterlearner.evaluator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    @Test
    void aReasonIsOneLineOfBoundedLengthAndNeverEmpty() {
        assertEquals("a b", Reasons.oneLine(" a\n\t\u0000b\r\n"));
        assertEquals("no reason was given", Reasons.oneLine(null));
        assertEquals("no reason was given", Reasons.oneLine("\n"));
        assertEquals(1000, Reasons.oneLine("x".repeat(5000)).length());
        assertEquals("IllegalStateException: null", Reasons.unforeseen(new IllegalStateException()));
    }

    @Test
    void theFirstCauseOfAnAbortCountsAndALateListenerHearsIt() {
        Abort abort = new Abort();
        List<String> heard = new ArrayList<>();
        abort.whenAborted(() -> heard.add("first"));
        abort.now(Abort.Cause.TIMEOUT);
        abort.now(Abort.Cause.SHUTDOWN);
        abort.whenAborted(() -> heard.add("late"));
        assertEquals(List.of("first", "late"), heard);
        assertEquals(Abort.Cause.TIMEOUT, abort.cause());
        assertTrue(!abort.givesBack());
    }
}
