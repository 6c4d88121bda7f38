package io.afterlearner.local.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Secrets that tell where they were planted, and where one was found. */
public final class Plants {
    private static final String MARK = "pLant3d";
    private static final int CONTEXT = 120;

    private final List<String> marks = Stream.concat(
                    Stream.of(MARK), IntStream.range(0, 3).mapToObj(Plants::encoded))
            .toList();
    private final TreeSet<String> found = new TreeSet<>();
    private final List<String> searched = new ArrayList<>();

    /** What Base64 has of the mark, wherever it begins in a group of three bytes. */
    private static String encoded(int offset) {
        String all = Base64.getEncoder()
                .withoutPadding()
                .encodeToString((" ".repeat(offset) + MARK).getBytes(StandardCharsets.UTF_8));
        return all.substring(offset == 0 ? 0 : offset + 1, (offset + MARK.length()) * 8 / 6);
    }

    /** A secret of letters and digits that is long enough for every place. */
    public static String in(String place) {
        return MARK + place + "0123456789";
    }

    /** Searches something that was written. */
    public void search(String where, String text) {
        searched.add(where);
        for (String mark : marks) {
            for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
                String context = text.substring(Math.max(0, at - CONTEXT), Math.min(text.length(), at + CONTEXT));
                found.add(where + ": …" + context.replaceAll("\\s+", " ") + "…");
            }
        }
    }

    /** Searches all files of a folder. */
    public void search(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                search(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    public List<String> searched() {
        return searched;
    }

    public void assertNothingFound() {
        assertEquals("", String.join("\n", found));
    }
}
