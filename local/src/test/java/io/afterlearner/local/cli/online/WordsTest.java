package io.afterlearner.local.cli.online;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void aLiftOverNearlyNothingIsAMultiple() {
        assertEquals("40 %", Words.percent(0.4));
        assertEquals("990 %", Words.percent(9.9));
        assertEquals("11 times the baseline", Words.percent(10));
        assertEquals("6.71 %", Words.leastPercent(0.0671));
        assertEquals("10.1 %", Words.leastPercent(0.10001));
        assertEquals("10.1 %", Words.leastPercent(0.101));
        assertEquals("40 %", Words.leastPercent(0.4));
        assertEquals("12.5 %", Words.percent(0.125));
        assertEquals("52 times the baseline", Words.leastPercent(51));
    }
}
