package io.afterlearner.aleph.write;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.ExternalData;
import io.afterlearner.aleph.graph.Model;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a file where bytes change.
 *
 * @param at first byte, in the file before
 * @param was the bytes before
 * @param becomes the bytes after
 * @param data bytes from a file beside the model that follow {@code becomes}; null if there are none
 */
record Splice(int at, byte[] was, byte[] becomes, @Nullable ExternalData data) {

    int after() {
        return Math.toIntExact(becomes.length + (data == null ? 0 : data.length()));
    }

    int growth() {
        return after() - was.length;
    }

    static long growth(List<Splice> splices) {
        return splices.stream().mapToLong(Splice::growth).sum();
    }

    /**
     * Writes the changed file. Splices are in order and do not overlap.
     *
     * @throws IOException if the stream fails
     */
    static void apply(List<Splice> splices, byte[] before, Path directory, OutputStream after) throws IOException {
        size(before.length + growth(splices));
        int from = 0;
        for (Splice s : splices) {
            if (s.at < from) throw misfit();
            expect(before, s.at, s.was);
            after.write(before, from, s.at - from);
            after.write(s.becomes);
            if (s.data != null) after.write(s.data.read(directory, "a tensor of the patch"));
            from = s.at + s.was.length;
        }
        after.write(before, from, before.length - from);
    }

    /** The file before. */
    static byte[] undo(List<Splice> splices, byte[] after) {
        byte[] before = new byte[size(after.length - growth(splices))];
        int from = 0;
        int to = 0;
        for (Splice s : splices) {
            int same = s.at - to;
            to = copy(after, from, from + same, before, to);
            expect(after, from + same, s.becomes);
            to = copy(s.was, 0, s.was.length, before, to);
            from += same + s.after();
        }
        copy(after, from, after.length, before, to);
        return before;
    }

    private static int copy(byte[] from, int start, int end, byte[] to, int at) {
        if (end < start || end > from.length || at + (end - start) > to.length) throw misfit();
        System.arraycopy(from, start, to, at, end - start);
        return at + (end - start);
    }

    private static void expect(byte[] bytes, int at, byte[] wanted) {
        if (at + (long) wanted.length > bytes.length
                || !Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) throw misfit();
    }

    private static int size(long bytes) {
        if (bytes < 0 || bytes > Model.MAX_BYTES) throw misfit();
        return (int) bytes;
    }

    private static AlephException misfit() {
        return new AlephException("the patch does not fit the file, so one of them is damaged", "copy it again");
    }
}
