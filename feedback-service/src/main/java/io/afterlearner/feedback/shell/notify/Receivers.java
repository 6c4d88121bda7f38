package io.afterlearner.feedback.shell.notify;

import io.afterlearner.feedback.shell.notify.Receiver.Format;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the file of receivers: one per line, {@code NAME FORMAT URL}, and the studies that it is notified about, if not all. Errors name the
 * line and never show an address.
 */
public final class Receivers {
    static final int MAX_RECEIVERS = 20;
    private static final int MAX_CHARACTERS = 2_048;
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final int WORDS = 3;
    private static final int MAX_PORT = 65_535;

    private Receivers() {}

    /**
     * For programs that start the service, which would refuse the file only after its start.
     *
     * @throws IllegalArgumentException if the file cannot be used; one line
     */
    public static void check(String setting, Path file) {
        var unused = read(setting, file);
    }

    /** @throws IllegalArgumentException if the file cannot be used; one line */
    static List<Receiver> read(String setting, Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IllegalArgumentException(setting + ": " + file + " is larger than 1 MiB; give one line each");
            }
            return parse(setting + ": " + file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    setting + ": " + file + " cannot be read; check the file and its permissions", e);
        }
    }

    static List<Receiver> parse(String where, List<String> lines) {
        List<Receiver> receivers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String at = where + ", line " + (i + 1) + ": ";
            Receiver receiver = receiver(at, line.split("\\s+"));
            require(names.add(receiver.name()), at, "a second receiver has this name; rename one of them");
            receivers.add(receiver);
            require(receivers.size() <= MAX_RECEIVERS, at, "more than " + MAX_RECEIVERS + " receivers; remove some");
        }
        return List.copyOf(receivers);
    }

    private static Receiver receiver(String at, String[] words) {
        require(
                words.length >= WORDS,
                at,
                "give a name, a format and an https URL, such as ops slack https://hooks.example.com/…");
        require(
                words[0].matches("[A-Za-z0-9._-]{1,50}"),
                at,
                "the name must be 1 to 50 letters, digits, '.', '_', '-'");
        return new Receiver(
                words[0],
                format(at, words[1]),
                address(at, words[2]),
                Set.of(Arrays.stream(words).skip(WORDS).distinct().toArray(String[]::new)));
    }

    private static Format format(String at, String word) {
        return Arrays.stream(Format.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(at + "the format must be cloudevents or slack"));
    }

    private static URI address(String at, String text) {
        URI address;
        try {
            address = text.length() > MAX_CHARACTERS ? URI.create("") : URI.create(text);
        } catch (IllegalArgumentException e) {
            // The exception would show the address.
            address = URI.create("");
        }
        boolean fine = "https".equals(address.getScheme())
                && address.getHost() != null
                && address.getUserInfo() == null
                && address.getPort() <= MAX_PORT;
        require(
                fine,
                at,
                "the third word must be an https URL of at most " + MAX_CHARACTERS + " characters, without a user");
        return address;
    }

    private static void require(boolean fine, String at, String problem) {
        if (!fine) {
            throw new IllegalArgumentException(at + problem);
        }
    }
}
