package io.afterlearner.aleph.graph;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** Files in pieces: Java keeps native memory as large as the largest piece that a thread has read or written. */
public final class Pieces {
    private static final int BYTES = 1 << 20;

    private Pieces() {}

    /** Reads into an array until it is full or the stream ends. Returns how many bytes it read. */
    static int read(InputStream in, byte[] into) throws IOException {
        int at = 0;
        while (at < into.length) {
            int read = in.read(into, at, Math.min(BYTES, into.length - at));
            if (read < 0) break;
            at += read;
        }
        return at;
    }

    /** Like {@link Files#newOutputStream}. */
    public static OutputStream writing(Path file, OpenOption... options) throws IOException {
        return new FilterOutputStream(Files.newOutputStream(file, options)) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                for (int at = 0; at < length; at += BYTES) out.write(bytes, from + at, Math.min(BYTES, length - at));
            }
        };
    }
}
