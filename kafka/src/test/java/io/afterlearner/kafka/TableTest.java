package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table<String> table = of(Bounds.DEFAULT);
    private final List<String> changes = new ArrayList<>();

    private static Table<String> of(Bounds bounds) {
        return new Table<>("topic", TableTest::decoded, bounds);
    }

    private static String decoded(byte[] bytes) throws UndecodableException {
        if (bytes.length == 0) {
            throw new UndecodableException("nothing");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void hear(Table<String> table, String key, @Nullable String value) throws UndecodableException {
        table.take(key, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nothingIsServedBeforeTheTopicIsRead() throws Exception {
        table.begin();
        hear(table, "a", "first");
        assertEquals(Optional.empty(), table.get("a"));
        table.serve();
        assertEquals(Optional.of("first"), table.get("a"));
        hear(table, "a", "second");
        assertEquals(Optional.of("second"), table.get("a"));
    }

    @Test
    void theEarlierValueIsKeptIfItIsPreferred() throws Exception {
        table.choosing((before, now) -> before.startsWith("final") ? before : now)
                .onChange((key, value) -> changes.add(key + "=" + value));
        hear(table, "a", "draft");
        hear(table, "a", "final 1");
        hear(table, "a", "final 2");
        assertEquals(Optional.of("final 1"), table.get("a"));
        assertEquals(List.of("a=draft", "a=final 1"), changes);
        hear(table, "a", null);
        hear(table, "a", "final 2");
        assertEquals(Optional.of("final 2"), table.get("a"));
    }

    @Test
    void aTombstoneRemovesItsKey() throws Exception {
        hear(table, "a", "first");
        hear(table, "a", null);
        assertEquals(Optional.empty(), table.get("a"));
        assertEquals(0, table.size());
    }

    @Test
    void whatWasServedIsServedUntilTheTopicIsReadAgainAndThenWhatWasRemovedIsGone() throws Exception {
        hear(table, "removed", "x");
        hear(table, "kept", "new");
        table.begin();
        hear(table, "kept", "old");
        assertEquals(Optional.of("new"), table.get("kept"));
        assertEquals(Optional.of("x"), table.get("removed"));
        hear(table, "kept", "new");
        table.serve();
        assertEquals(List.of("new"), table.values());
    }

    @Test
    void whatCannotBeDecodedChangesNothing() throws Exception {
        hear(table, "a", "first");
        assertThrows(UndecodableException.class, () -> hear(table, "a", ""));
        assertEquals(Optional.of("first"), table.get("a"));
    }

    @Test
    void beyondTheMostKeysTheKeyWrittenLongestAgoIsDropped() throws Exception {
        Table<String> two = of(new Bounds(2, 1_000));
        hear(two, "a", "1");
        hear(two, "b", "2");
        hear(two, "a", "3");
        hear(two, "c", "4");
        assertEquals(List.of("3", "4"), two.values());
    }

    @Test
    void beyondTheMostBytesTheKeysWrittenLongestAgoAreDropped() throws Exception {
        Table<String> small = of(new Bounds(100, 10));
        hear(small, "a", "12345");
        hear(small, "b", "12345");
        hear(small, "b", "1234");
        hear(small, "c", "123456");
        assertEquals(List.of("1234", "123456"), small.values());
    }

    @Test
    void aListenerHearsOfEveryChangeOnceTheTopicIsRead() throws Exception {
        table.onChange((key, value) -> changes.add(key + "=" + value));
        table.begin();
        hear(table, "a", "0");
        hear(table, "a", "1");
        assertEquals(List.of(), changes);
        table.serve();
        hear(table, "b", "2");
        hear(table, "b", null);
        table.begin();
        table.serve();
        assertEquals(List.of("a=1", "b=2", "b=null", "a=null"), changes);
    }
}
