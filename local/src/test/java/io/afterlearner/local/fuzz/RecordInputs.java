package io.afterlearner.local.fuzz;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Records for every topic: a body, which may be spoilt, and a key, headers and a timestamp, which may be odd. */
final class RecordInputs {
    static final String TELEMETRY = "fuzz.clicks";

    private static final List<String> TOPICS = Stream.concat(
                    RecordBodies.SCHEMAS.keySet().stream(), Stream.of(TELEMETRY))
            .toList();
    /** Topics whose writers are trusted: a record there that names a valid study would be one of it. */
    static final Set<String> OWNED = Set.of(Topics.STUDIES, Topics.TRIALS, Topics.INCUMBENTS, Topics.ARMS);

    static final List<String> STRANGERS = List.of("nobody", "fuzz", "click", "a#1", "x.y-z");
    private static final long YEAR_MILLIS = 31_557_600_000L;

    private final Random random;
    private final HostileValues hostile;
    private final List<String> studies;
    private final RecordBodies bodies;

    /**
     * @param studies valid studies; records that name them have another incarnation
     * @param sample a spec of which spoilt copies are sent
     */
    RecordInputs(Random random, List<String> studies, StudySpec sample) {
        this.random = random;
        this.hostile = new HostileValues(random);
        this.studies = studies;
        this.bodies = new RecordBodies(random, hostile, studies, sample);
    }

    RecordInput next() {
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        List<String> kinds = new ArrayList<>(List.of("to " + topic));
        byte[] body = bodies.next(topic, kinds);
        byte[] key = key(topic, kinds);
        return new RecordInput(kinds, topic, key, body, headers(kinds), timestamp(kinds));
    }

    private byte @Nullable [] key(String topic, List<String> kinds) {
        int kind = random.nextInt(100);
        if (kind < 5) {
            return kind(kinds, "null key", null);
        }
        if (kind < 20) {
            return kind(kinds, "hostile key", hostile.encodedText());
        }
        if (kind < 21) {
            return kind(kinds, "largest key", new byte[Codec.MAX_RECORD_BYTES / 2]);
        }
        boolean valid = kind < 40 && !OWNED.contains(topic) && !studies.isEmpty();
        List<String> names = valid ? studies : STRANGERS;
        return names.get(random.nextInt(names.size())).getBytes(StandardCharsets.UTF_8);
    }

    private List<Header> headers(List<String> kinds) {
        if (random.nextInt(10) != 0) {
            return List.of();
        }
        kinds.add("headers");
        boolean many = random.nextBoolean();
        return IntStream.range(0, many ? 1_000 : 5)
                .mapToObj(i ->
                        (Header) new RecordHeader(many ? "h" + i : hostile.text(), many ? null : hostile.bytes(20_000)))
                .toList();
    }

    private @Nullable Long timestamp(List<String> kinds) {
        if (random.nextInt(5) != 0) {
            return null;
        }
        long now = System.currentTimeMillis();
        List<Long> odd = List.of(
                RecordBatch.NO_TIMESTAMP,
                Long.MAX_VALUE,
                now * 1000,
                now + YEAR_MILLIS,
                0L,
                1L,
                now / 1000,
                now - YEAR_MILLIS);
        return kind(kinds, "odd timestamp", odd.get(random.nextInt(odd.size())));
    }

    static <T> T kind(List<String> kinds, String kind, T value) {
        kinds.add(kind);
        return value;
    }
}
