package io.afterlearner.local.fuzz;

import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.Standing;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Values of records: no Avro, damaged Avro, Avro of another type, and valid Avro with hostile values. */
final class RecordBodies {
    /** The type of each topic's records. */
    static final Map<String, Schema> SCHEMAS = new TreeMap<>(Map.ofEntries(
            Map.entry(Topics.STUDIES, StudySpec.getClassSchema()),
            Map.entry(Topics.COMMANDS, Command.getClassSchema()),
            Map.entry(Topics.FITNESS, Fitness.getClassSchema()),
            Map.entry(Topics.candidates("default"), Candidate.getClassSchema()),
            Map.entry(Topics.TRIALS, TrialEvent.getClassSchema()),
            Map.entry(Topics.INCUMBENTS, Incumbent.getClassSchema()),
            Map.entry(Topics.EXPOSURES, Exposure.getClassSchema()),
            Map.entry(Topics.FEEDBACK, Feedback.getClassSchema()),
            Map.entry(Topics.ARMS, Arms.getClassSchema()),
            Map.entry(Topics.verdictRequests("default"), VerdictRequest.getClassSchema()),
            Map.entry(Topics.VERDICTS, VerdictAnswer.getClassSchema()),
            Map.entry(Topics.STANDINGS, Standing.getClassSchema()),
            Map.entry(Topics.AUDIT, ArmsChange.getClassSchema()),
            Map.entry(Topics.DEAD_LETTERS, DeadLetter.getClassSchema())));
    /** How much of a record is hostile: in most specs one value, so that no other is refused first. */
    private static final double[] SHARES = {0.01, 0.03, 0.3};

    private final Random random;
    private final HostileValues hostile;
    private final List<String> studies;
    private final StudySpec sample;

    RecordBodies(Random random, HostileValues hostile, List<String> studies, StudySpec sample) {
        this.random = random;
        this.hostile = hostile;
        this.studies = studies;
        this.sample = sample;
    }

    /** @param kinds gets the kind of body */
    byte @Nullable [] next(String topic, List<String> kinds) {
        int kind = random.nextInt(100);
        if (kind < 5) {
            return RecordInputs.kind(kinds, "null value", null);
        }
        if (kind < 20) {
            return RecordInputs.kind(kinds, "random bytes", hostile.bytes(2_000));
        }
        if (kind < 21) {
            byte[] big = new byte[Codec.MAX_RECORD_BYTES - 100];
            random.nextBytes(big);
            return RecordInputs.kind(kinds, "largest value", big);
        }
        if (topic.equals(RecordInputs.TELEMETRY)) {
            return RecordInputs.kind(kinds, "json", new JsonInputs(random).body());
        }
        if (kind < 35) {
            List<String> topics = List.copyOf(SCHEMAS.keySet());
            String other = topics.get(random.nextInt(topics.size()));
            return RecordInputs.kind(kinds, "other type", avro(other, 0.1));
        }
        byte[] avro = avro(topic, SHARES[random.nextInt(SHARES.length)]);
        return kind < 70 ? RecordInputs.kind(kinds, "hostile values", avro) : damaged(avro, kinds);
    }

    private byte[] damaged(byte[] avro, List<String> kinds) {
        if (random.nextBoolean()) {
            return RecordInputs.kind(kinds, "truncated", Arrays.copyOf(avro, random.nextInt(avro.length)));
        }
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
            avro[random.nextInt(avro.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return RecordInputs.kind(kinds, "flipped bits", avro);
    }

    private byte[] avro(String topic, double share) {
        Schema schema = SCHEMAS.get(topic);
        List<String> names = new ArrayList<>(RecordInputs.STRANGERS);
        if (!RecordInputs.OWNED.contains(topic)) {
            names.addAll(studies);
        }
        AvroValues values = new AvroValues(random, hostile, names, share);
        if (topic.equals(Topics.STUDIES) && random.nextInt(4) != 0) {
            byte[] valid = Codec.of(StudySpec.class).encode(sample);
            return AvroValues.encoded(schema, values.spoilt(schema, AvroValues.decoded(schema, valid)));
        }
        return AvroValues.encoded(schema, values.value(schema));
    }
}
