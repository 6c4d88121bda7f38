package io.afterlearner.aleph.write;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.ExternalData;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A patch as text, one entry per line: the format and its version, {@code base}, {@code result}, {@code aleph} tensor before after,
 * {@code splice} at before after [location offset length], and {@code end} with the number of lines before it.
 */
final class PatchText {
    private static final String FORMAT = "afterlearner patch 1";
    private static final String NOTHING = "-";

    private PatchText() {}

    static String write(Patch patch) {
        List<String> lines = new ArrayList<>(List.of(FORMAT, "base " + patch.base(), "result " + patch.result()));
        for (Patch.Change c : patch.changes())
            lines.add("aleph " + encoded(c.tensor()) + " " + numbers(c.was()) + " " + numbers(c.becomes()));
        for (Splice s : patch.splices())
            lines.add("splice " + s.at() + " " + bytes(s.was()) + " " + bytes(s.becomes()) + data(s));
        lines.add("end " + lines.size());
        return String.join("\n", lines) + "\n";
    }

    private static String data(Splice s) {
        ExternalData data = s.data();
        return data == null ? "" : " " + encoded(data.location()) + " " + data.offset() + " " + data.length();
    }

    private static String encoded(String name) {
        return name.isEmpty() ? NOTHING : URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String numbers(double[] values) {
        return DoubleStream.of(values).mapToObj(Double::toString).collect(Collectors.joining(","));
    }

    private static String bytes(byte[] bytes) {
        return bytes.length == 0 ? NOTHING : Base64.getEncoder().encodeToString(bytes);
    }

    static Patch read(String text) {
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(FORMAT))
            throw new AlephException(
                    "the first line is not '" + FORMAT + "'", "give a patch that this version can read");
        if (lines.length < 5
                || !lines[lines.length - 1].isEmpty()
                || !lines[lines.length - 2].equals("end " + (lines.length - 2)))
            throw new AlephException("truncated", "copy the patch again");
        List<Patch.Change> changes = new ArrayList<>();
        List<Splice> splices = new ArrayList<>();
        for (int i = 3; i < lines.length - 2; i++) read(lines[i], i + 1, changes, splices);
        return new Patch(digest(lines[1], "base "), digest(lines[2], "result "), changes, splices);
    }

    private static String digest(String line, String key) {
        if (!line.matches(key + "[0-9a-f]{64}"))
            throw new AlephException("has no " + key + "digest", "copy the patch again");
        return line.substring(key.length());
    }

    private static void read(String line, int number, List<Patch.Change> changes, List<Splice> splices) {
        try {
            String[] words = line.split(" ", -1);
            if (words[0].equals("aleph") && words.length == 4) changes.add(change(words));
            else if (words[0].equals("splice") && (words.length == 4 || words.length == 7)) splices.add(splice(words));
            else throw new IllegalArgumentException("neither an aleph nor a splice line");
        } catch (IllegalArgumentException e) {
            throw new AlephException(
                    "line " + number + " cannot be read: " + e.getMessage(), "copy the patch again", e);
        }
    }

    private static Patch.Change change(String[] words) {
        return new Patch.Change(decoded(words[1]), doubles(words[2]), doubles(words[3]));
    }

    private static Splice splice(String[] words) {
        int at = Integer.parseInt(words[1]);
        ExternalData data = words.length == 4
                ? null
                : new ExternalData(decoded(words[4]), Long.parseLong(words[5]), Integer.parseInt(words[6]));
        if (at < 0 || (data != null && (data.offset() < 0 || data.length() < 0)))
            throw new IllegalArgumentException("a negative offset or length");
        return new Splice(at, unpacked(words[2]), unpacked(words[3]), data);
    }

    private static String decoded(String word) {
        return word.equals(NOTHING) ? "" : URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    private static double[] doubles(String word) {
        return Arrays.stream(word.split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static byte[] unpacked(String word) {
        return word.equals(NOTHING) ? new byte[0] : Base64.getDecoder().decode(word);
    }
}
