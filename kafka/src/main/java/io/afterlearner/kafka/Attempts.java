package io.afterlearner.kafka;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often each record failed, across restarts of the process. One instance counts for one sequence of records that are
 * processed one at a time: a task of Kafka Streams, or a partition. A memory-mapped file names the record being processed. It
 * outlives a process that is killed or runs out of memory, and costs less than a microsecond per record. Failures are few and go
 * to a small text file. If the folder cannot be written, failures are counted in memory only. Thread-safe, but only one thread at
 * a time may call {@link #begin} and {@link #end}.
 */
public final class Attempts {

    /** @param reason of the latest failure, one line */
    public record Failures(int count, String reason) {}

    /** Further records' failures replace the oldest. */
    static final int MAX_RECORDS = 64;

    public static final String ENDED = "the process ended while it processed the record";

    private static final System.Logger LOG = System.getLogger(Attempts.class.getName());
    private static final int MAX_REASON_CHARACTERS = 300;
    /** The longest topic has 249 characters. */
    private static final int FILE_BYTES = 512;

    /** By file, so that a thread that replaces a failed one continues its counts. */
    private static final Map<Path, Attempts> OPEN = new ConcurrentHashMap<>();

    private final Path file;
    private final Map<String, Failures> failures = new LinkedHashMap<>();
    private @Nullable MappedByteBuffer current;

    private Attempts(Path folder, Path file) {
        this.file = file;
        try {
            Files.createDirectories(folder);
            current = map(file);
            read();
        } catch (IOException e) {
            complain(e);
        }
    }

    /**
     * Opens the files, and counts a record that was begun and never ended.
     *
     * @param task prefix of the names of its files; unique in the folder
     */
    public static Attempts of(Path folder, String task) {
        Path file = folder.toAbsolutePath().resolve(task);
        Attempts attempts = OPEN.computeIfAbsent(file, opened -> new Attempts(folder, opened));
        attempts.countInterrupted();
        return attempts;
    }

    /** Names a record. The checksum distinguishes it from a record at the same offset of a topic that was created again. */
    public static String name(String topic, int partition, long offset, byte @Nullable [] value) {
        CRC32 checksum = new CRC32();
        if (value != null) {
            checksum.update(value);
        }
        return topic + "-" + partition + "@" + offset + "#" + Long.toHexString(checksum.getValue());
    }

    /** Forgets all open files, as the end of the process does. For tests. */
    static void closeAll() {
        OPEN.clear();
    }

    private static @Nullable MappedByteBuffer map(Path file) throws IOException {
        Path marker = beside(file, ".current");
        if (!Files.exists(marker) || Files.size(marker) < FILE_BYTES) {
            // Zeros are written, because a store into a page without a disk block would crash the process.
            Files.write(marker, new byte[FILE_BYTES]);
        }
        try (FileChannel channel = FileChannel.open(marker, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Counts a record that was begun and never ended: the process that worked on it is gone. */
    private void countInterrupted() {
        String interrupted = current == null ? "" : marked(current);
        if (!interrupted.isEmpty()) {
            failed(interrupted, ENDED);
            end();
        }
    }

    private static String marked(MappedByteBuffer marker) {
        byte[] text = new byte[Math.max(0, Math.min(marker.getShort(0), FILE_BYTES - Short.BYTES))];
        marker.get(Short.BYTES, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** The failures of a record; the count is 0 if it never failed. */
    public synchronized Failures of(String record) {
        return failures.getOrDefault(record, new Failures(0, ""));
    }

    /** Whether no record failed. */
    public synchronized boolean isEmpty() {
        return failures.isEmpty();
    }

    /** @param record its name */
    public void begin(String record) {
        MappedByteBuffer marker = current;
        if (marker != null) {
            byte[] text = record.getBytes(StandardCharsets.UTF_8);
            marker.putShort(0, (short) 0);
            marker.put(Short.BYTES, text, 0, Math.min(text.length, FILE_BYTES - Short.BYTES));
            marker.putShort(0, (short) Math.min(text.length, FILE_BYTES - Short.BYTES));
        }
    }

    /** Ends the record that was begun: it was processed, or something else failed. */
    public void end() {
        MappedByteBuffer marker = current;
        if (marker != null) {
            marker.putShort(0, (short) 0);
        }
    }

    /** @param reason one line is kept of it */
    public synchronized void failed(String record, String reason) {
        String line = reason.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        Failures before = failures.remove(record);
        failures.put(
                record,
                new Failures(
                        before == null ? 1 : before.count() + 1,
                        line.substring(0, Math.min(line.length(), MAX_REASON_CHARACTERS))));
        while (failures.size() > MAX_RECORDS) {
            failures.remove(failures.keySet().iterator().next());
        }
        write();
    }

    private void read() throws IOException {
        Path lines = beside(file, ".failed");
        if (!Files.exists(lines)) {
            return;
        }
        for (String line : Files.readAllLines(lines)) {
            String[] fields = line.split("\t", 3);
            if (fields.length == 3 && fields[0].matches("\\d{1,9}")) {
                failures.put(fields[1], new Failures(Integer.parseInt(fields[0]), fields[2]));
            }
        }
    }

    private void write() {
        List<String> lines = new ArrayList<>();
        failures.forEach((record, failed) -> lines.add(failed.count() + "\t" + record + "\t" + failed.reason()));
        Path next = beside(file, ".next");
        try {
            Files.write(next, lines);
            Files.move(next, beside(file, ".failed"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            complain(e);
        }
    }

    private void complain(IOException e) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} cannot be written, so failures of records are counted only until the process ends: {1}",
                file,
                e.toString());
    }
}
