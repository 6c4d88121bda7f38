package io.afterlearner.local.stack;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The last lines of a log, without stack frames. */
final class LogTail {
    private static final int MAX_BYTES = 4_096;
    private static final int MAX_LINES = 5;
    private static final Pattern STACK_FRAME = Pattern.compile("at \\S+\\(.*\\)|\\.\\.\\. \\d+ more");

    /** How the launcher begins its own failures; whoever shows them says it again. */
    private static final String PREFIX = "afterlearner: ";

    private LogTail() {}

    /** At most five lines, joined into one. */
    static String of(Path log) {
        return last(log, MAX_LINES);
    }

    static String lastLine(Path log) {
        return last(log, 1);
    }

    private static String last(Path log, int most) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - MAX_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .map(line -> line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line)
                    .filter(line ->
                            !line.isEmpty() && !STACK_FRAME.matcher(line).matches())
                    .toList();
            return lines.isEmpty()
                    ? "(" + log + " is empty; " + (log.toFile().getUsableSpace() >> 20) + " MiB are free there)"
                    : String.join(" | ", lines.subList(Math.max(0, lines.size() - most), lines.size()));
        } catch (IOException e) {
            return "(no log: " + Refusal.reason(e) + ")";
        }
    }
}
