package io.afterlearner.local.cli.console;

import io.afterlearner.aleph.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Prints everything as {@link Printable} text. Use {@link #raw} for codes that the terminal must interpret. */
final class SafeWriter extends PrintWriter {
    private final PrintWriter raw;
    private final @Nullable Sink sink;

    private SafeWriter(PrintWriter raw, @Nullable Sink sink) {
        super(raw, true);
        this.raw = raw;
        this.sink = sink;
    }

    static SafeWriter on(PrintWriter writer) {
        return writer instanceof SafeWriter safe ? safe : new SafeWriter(writer, null);
    }

    /** Standard output or standard error of this process. */
    static SafeWriter on(FileDescriptor descriptor) {
        Sink sink = new Sink(new FileOutputStream(descriptor));
        return new SafeWriter(new PrintWriter(sink, true, StandardCharsets.UTF_8), sink);
    }

    PrintWriter raw() {
        return raw;
    }

    /** Why the last text could not be written; null if it could, or if this is not a stream of the process. */
    @Nullable
    IOException failure() {
        flush();
        return sink == null ? null : sink.failure;
    }

    @Override
    public void write(int character) {
        write(String.valueOf((char) character));
    }

    @Override
    public void write(char[] text, int from, int length) {
        write(String.valueOf(text, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) {
        String safe = Printable.text(text.substring(from, from + length));
        super.write(safe, 0, safe.length());
    }

    /** Keeps why it failed, which a {@link PrintWriter} does not. */
    private static final class Sink extends OutputStream {
        private final OutputStream to;
        private volatile @Nullable IOException failure;

        Sink(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                to.write(bytes, from, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
