package io.afterlearner.feedback.clock;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Added to the wall clock of this process; read from a file that the test shares with it. */
public final class ClockOffset {
    private static volatile LongBuffer shared = LongBuffer.allocate(1);

    private ClockOffset() {}

    static LongBuffer map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES).asLongBuffer();
        }
    }

    static void readFrom(Path file) throws IOException {
        shared = map(file);
    }

    public static long millis() {
        return shared.get(0);
    }

    /** Replaces {@link System#currentTimeMillis()} in our classes. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + millis();
    }
}
