package io.afterlearner.report.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts the verdicts that were made from each test split, over all studies: a folder with one file per split, named by the
 * digest of its examples, with one line per verdict. Processes take turns by a lock on the file. A line that a crash cut short
 * counts.
 */
public record VerdictLedger(Path folder) {
    /** A split is long stale by then, and its count stays. */
    private static final int MAX_LINES = 10_000;

    /**
     * Notes a verdict; the same study and candidate count once.
     *
     * @param split SHA-256 of the test split's examples
     * @return how many verdicts were made from it, this one included
     */
    public int draw(String split, String study, long candidate) throws IOException {
        Path file = Files.createDirectories(folder).resolve(split);
        // A file lock belongs to the process; threads take turns by this one.
        synchronized (VerdictLedger.class) {
            return draw(file, study + "#" + candidate);
        }
    }

    private static int draw(Path file, String line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Closing the channel frees the lock.
            channel.lock();
            Set<String> drawn = new LinkedHashSet<>(lines(file));
            if (drawn.size() < MAX_LINES && drawn.add(line)) {
                append(channel, line);
            }
            return drawn.size();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (CharacterCodingException e) {
            throw new IOException(
                    file + " counts the verdicts made from this test split, but is damaged; restore it, or delete it to"
                            + " count from 1 again",
                    e);
        }
    }

    private static void append(FileChannel channel, String line) throws IOException {
        // Begins with a line break, in case the last line was cut short.
        ByteBuffer bytes = StandardCharsets.UTF_8.encode("\n" + line + "\n");
        channel.position(channel.size());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }
}
