package io.afterlearner.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.demo.world.Tally.Total;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Tally TALLY = new Tally(
            Map.of(
                    "before EXPLORE", new Total(10, 12),
                    "before CONTROL", new Total(100, 100),
                    "after EXPLORE", new Total(20, 10),
                    "after CONTROL", new Total(50, 50)),
            49_000,
            7);

    @Test
    void theGainComparesExploredVisitsWithControlInEachPhase() {
        assertEquals(2 - 10, TALLY.gained(), 1e-9);
        assertEquals(0, Tally.NONE.gained());
    }

    @Test
    void anArmsTotalCoversBothPhases() {
        assertEquals(new Total(30, 22), TALLY.of("EXPLORE"));
        assertEquals(180, TALLY.of("").visits());
    }

    @Test
    void aTallyIsTheSameAfterHttp() throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertEquals(TALLY, json.readValue(json.writeValueAsBytes(TALLY), Tally.class));
    }
}
