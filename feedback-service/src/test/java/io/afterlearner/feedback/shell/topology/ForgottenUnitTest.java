package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.feedback.shell.UnitTombstone;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgottenUnitTest extends TopologyFixture {
    @BeforeEach
    void create() {
        createWithACandidate();
    }

    private void forget(String assignments) {
        sendTombstone(assignments, Long.toString(topology.nowMillis + WINDOW_MILLIS));
    }

    private void sendTombstone(String key, String until) {
        topology.headers = new RecordHeaders().add("afterlearner-forget-until", until.getBytes(StandardCharsets.UTF_8));
        topology.send(Topics.EXPOSURES, key, null);
        topology.headers = new RecordHeaders();
    }

    private long counted() {
        return topology.standings.of("s").orElseThrow().trials().get(0).own().exposures();
    }

    @Test
    void itsOpenExposuresDoNotCountAndItsOpenTokensAreRefused() {
        Assignment first = exposed("ab1-1");
        exposed("ab1-2");
        exposed("ab12-1");
        topology.reported(first, "e", "click", 1);
        forget("ab1-");
        assertEquals(2, topology.stored("assigned", "ab1"), "the mark, and another unit's exposure");

        topology.reported(first, "f", "click", 1);
        topology.passes(100);
        topology.reported(first, "g", "click", 1);
        topology.passes(WINDOW_MILLIS + 1_500);

        assertEquals(2, topology.counted("forgotten"));
        assertEquals(1, counted(), "of the other unit");
        assertEquals(List.of(), topology.read(Topics.DEAD_LETTERS, DeadLetter.class), "it would be kept for a month");
    }

    @Test
    void anExposureThatWasUnderWayIsForgottenToo() {
        long happened = topology.nowMillis;
        topology.passes(500);
        forget("ab1-");
        topology.nowMillis = happened;
        exposed("ab1-1");
        assertEquals(0, Metered.count(topology.registry, "exposures"));
    }

    @Test
    void aUnitThatIsAssignedAgainCountsAgain() {
        exposed("ab1-1");
        forget("ab1-");
        topology.passes(250);
        Assignment again = exposed("ab1-1");
        topology.reported(again, "e", "click", 1);
        topology.passes(WINDOW_MILLIS + 1_500);
        assertEquals(1, topology.counted("counted"));
        assertEquals(1, counted());
    }

    @Test
    void nothingStaysInTheStoreOnceNoTokenIsOpen() {
        exposed("ab1-1");
        forget("ab1-");
        topology.passes(1_000);
        forget("ab1-");
        topology.passes(3_750);
        assertEquals(1, topology.stored("assigned", ""), "the later mark");
        topology.passes(1_500);
        assertEquals(0, topology.stored("assigned", ""));
        assertEquals(0, topology.storedTimes());
    }

    @ParameterizedTest
    @CsvSource({
        "'',1790000001000",
        "-,1790000001000",
        "ab,1790000001000",
        "zz-,1790000001000",
        "ab-,x",
        "ab-,1",
        "ab-,9790000001000"
    })
    void aMalformedTombstoneIsADeadLetterAndForgetsNobody(String key, String until) {
        exposed("ab-1");
        sendTombstone(key, until);
        assertEquals(1, topology.stored("assigned", ""));
        assertEquals(1, topology.read(Topics.DEAD_LETTERS, DeadLetter.class).size());
    }

    @Test
    void aTombstoneIsReadAsItIsWritten() {
        UnitTombstone unit = new UnitTombstone("0123456789abcdef-", 1_790_000_000_000L);
        RecordHeaders headers = new RecordHeaders();
        unit.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        assertEquals(unit, UnitTombstone.read(unit.assignments(), headers));
    }
}
