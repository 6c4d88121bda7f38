package io.afterlearner.embedded.clock;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Added to the wall clock of this process; read from a file that the test shares with it. */
public final class ClockOffset {
    /** Milliseconds to add. */
    static final int OFFSET = 0;
    /** Thousandths of the time since {@link #SINCE} to add as well. */
    static final int DRIFT = 1;
    /** Monotonic nanoseconds, which the processes of one machine share. */
    static final int SINCE = 2;

    private static final int LONGS = 3;

    private static volatile LongBuffer shared = LongBuffer.allocate(LONGS);

    private ClockOffset() {}

    static LongBuffer map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) LONGS * Long.BYTES)
                    .asLongBuffer();
        }
    }

    static void readFrom(Path file) throws IOException {
        shared = map(file);
    }

    public static long millis() {
        return millis(shared);
    }

    static long millis(LongBuffer from) {
        long drift = from.get(DRIFT);
        long drifted = drift == 0 ? 0 : (System.nanoTime() - from.get(SINCE)) / 1_000_000 * drift / 1_000;
        return from.get(OFFSET) + drifted;
    }

    /** Replaces {@link System#currentTimeMillis()} in our classes. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + millis();
    }
}
