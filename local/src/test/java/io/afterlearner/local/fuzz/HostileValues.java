package io.afterlearner.local.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Values at the edges of their types, and texts that readers often get wrong. */
final class HostileValues {
    private static final double[] NUMBERS = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_VALUE,
        -0.0,
        1e-310,
        1e16,
        -1
    };
    private static final long[] WHOLES = {
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE + 1,
        Long.MAX_VALUE - 1,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        1L << 53,
        -(1L << 53),
        1L << 32,
        10_000_000,
        100_000,
        1_000,
        -1,
        -7,
        0
    };
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "\ud800",
            "\udc00before\ud800",
            "two\r\nlines: yes\r\n\r\n",
            "\u001b[2J\u001b]0;title\u0007\u001b[31mred",
            "\u202eright to left",
            "\ufeffmark",
            "=1+1",
            "../../../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1:1/a}",
            "%s%n%99999d",
            "{0}'\"`\\",
            "null",
            "NaN",
            "-1",
            "ℵ₀",
            "e\u0301\u0302\u0303",
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67");
    private static final int[] LENGTHS = {63, 64, 65, 200, 201, 1_000, 1_001, 4_096, 65_536, 70_000};

    private final Random random;

    HostileValues(Random random) {
        this.random = random;
    }

    double number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    long whole() {
        return WHOLES[random.nextInt(WHOLES.length)];
    }

    String text() {
        if (random.nextInt(6) == 0) {
            String unit = random.nextBoolean() ? "a" : TEXTS.get(random.nextInt(TEXTS.size()));
            return unit.repeat(1 + LENGTHS[random.nextInt(LENGTHS.length)] / Math.max(1, unit.length()));
        }
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /** A text as UTF-8, in which an unpaired surrogate has the three bytes that UTF-8 forbids; some bytes are no text at all. */
    byte[] encodedText() {
        return random.nextInt(20) == 0 ? bytes(64) : encoded(text());
    }

    byte[] bytes(int limit) {
        byte[] bytes = new byte[random.nextInt(limit)];
        random.nextBytes(bytes);
        return bytes;
    }

    static byte[] encoded(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                out.write(0xe0 | (point >> 12));
                out.write(0x80 | ((point >> 6) & 0x3f));
                out.write(0x80 | (point & 0x3f));
            } else {
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }
}
