package io.afterlearner.feedback.shell;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.client.Token;
import io.afterlearner.client.TokenException;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.Attribution;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.Report;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.shell.FeedbackMetrics.Fate;
import io.afterlearner.feedback.shell.OnlineStudies.OnlineStudy;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * By assignment: exposures and reports in, what exposures were worth out, by study. Waits until the attribution window is
 * over; what comes later corrects, as long as the assignment is remembered.
 */
final class RipeningProcessor implements Processor<String, byte[], String, Out> {
    static final String ASSIGNED = "assigned";
    /** Keys are a time and an assignment: when it is to ripen, or to be forgotten. */
    static final String DUE = "due";
    /** Where {@link RipenedExposures} goes. */
    static final String RIPE = "ripe";

    private static final Duration LOOK_FOR_DUE = Duration.ofMillis(250);
    private static final long ROUND_MILLIS = 1_000;
    /** Most assignments that ripen in one transaction: it is not to take longer than it may. */
    private static final int MOST_AT_ONCE = 20_000;

    /** What ripens together. */
    private record Round(String study, Arm arm, long number, long second) {}

    private final StateJson<TrackedExposure> json = new StateJson<>(new TypeReference<>() {});
    private final Codec<Exposure> exposures = Codec.of(Exposure.class);
    private final Codec<Feedback> feedback = Codec.of(Feedback.class);
    private final OnlineStudies studies;
    private final Tokens tokens;
    private final FeedbackMetrics tallies;

    private ProcessorContext<String, Out> context;
    private KeyValueStore<String, byte[]> assigned;
    private KeyValueStore<Bytes, byte[]> due;
    private DeadLetters deadLetters;
    private RecordClock clock;

    // Kafka Streams calls init before anything else.
    @SuppressWarnings("NullAway.Init")
    RipeningProcessor(OnlineStudies studies, Tokens tokens, FeedbackMetrics tallies) {
        this.studies = studies;
        this.tokens = tokens;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, Out> streams) {
        context = streams;
        assigned = streams.getStateStore(ASSIGNED);
        due = streams.getStateStore(DUE);
        deadLetters = new DeadLetters(streams, tallies);
        clock = new RecordClock(streams.currentSystemTimeMs());
        streams.schedule(LOOK_FOR_DUE, PunctuationType.WALL_CLOCK_TIME, this::ripen);
    }

    @Override
    public void process(Record<String, byte[]> received) {
        clock.saw(received.timestamp(), context.currentSystemTimeMs());
        String topic = context.recordMetadata().map(m -> m.topic()).orElse(Topics.FEEDBACK);
        try {
            if (topic.equals(Topics.EXPOSURES)) {
                exposed(exposures.decode(received.value()));
            } else {
                reported(received, feedback.decode(received.value()));
            }
        } catch (UndecodableException e) {
            deadLetters.send(received, String.valueOf(e.getMessage()));
        }
    }

    private void exposed(Exposure exposure) {
        String id = exposure.getAssignment();
        Optional<Arm> arm = arm(exposure.getArm());
        if (arm.isEmpty() || assigned.get(id) != null) {
            return;
        }
        TrackedExposure fresh = new TrackedExposure(
                exposure.getStudy(),
                arm.get(),
                exposure.getNumber(),
                exposure.getAtMillis(),
                exposure.getExpiresAtMillis(),
                TrackedExposure.OPEN,
                List.of());
        if (fresh.forgottenAtMillis() > now()) {
            begin(id, fresh);
        }
    }

    private void begin(String id, TrackedExposure fresh) {
        tallies.exposed();
        assigned.put(id, json.encode(fresh));
        due.put(dueKey(fresh.ripensAtMillis(), id), new byte[0]);
    }

    private void reported(Record<String, byte[]> received, Feedback report) {
        try {
            Token token = tokens.read(report.getToken());
            String refusal = refusal(report, token, received.key());
            if (refusal == null) {
                reported(report, token);
                return;
            }
            deadLetters.send(received, refusal);
        } catch (TokenException e) {
            deadLetters.send(received, String.valueOf(e.getMessage()));
        }
        tallies.reported(Fate.FORGED);
    }

    private static @Nullable String refusal(Feedback report, Token token, @Nullable String key) {
        if (!token.study().equals(report.getStudy()) || arm(token.arm()).isEmpty()) {
            return "the token is of another study: " + token.study();
        }
        if (!token.assignment().equals(report.getAssignment())
                || !token.assignment().equals(key)) {
            return "the token is of another assignment than the record or its key: key it by assignment";
        }
        return Double.isFinite(report.getValue()) ? null : "the value is no finite number";
    }

    private void reported(Feedback report, Token token) {
        String id = token.assignment();
        byte[] bytes = assigned.get(id);
        boolean isForgotten =
                TrackedExposure.forgottenAtMillis(token.assignedAtMillis(), token.expiresAtMillis()) <= now();
        if (report.getAtMillis() > token.expiresAtMillis() || (bytes == null && isForgotten)) {
            tallies.reported(Fate.EXPIRED);
            return;
        }
        TrackedExposure before = bytes == null ? begun(id, token) : json.decode(bytes);
        if (before.has(report.getId())) {
            tallies.reported(Fate.DUPLICATE);
        } else if (before.isFull()) {
            tallies.reported(Fate.FLOOD);
        } else {
            TrackedExposure after = before.plus(new Report(report.getId(), report.getMetric(), report.getValue()));
            assigned.put(id, json.encode(after));
            tallies.reported(before.isRipe() ? Fate.LATE : Fate.COUNTED);
            if (before.isRipe()) {
                correct(before, after);
            }
        }
    }

    /** The token proves an exposure whose own record is still to come, or was lost. */
    private TrackedExposure begun(String id, Token token) {
        TrackedExposure fresh = new TrackedExposure(
                token.study(),
                arm(token.arm()).orElseThrow(),
                token.number(),
                token.assignedAtMillis(),
                token.expiresAtMillis(),
                TrackedExposure.OPEN,
                List.of());
        begin(id, fresh);
        return fresh;
    }

    private void correct(TrackedExposure before, TrackedExposure after) {
        studies.study(after.study()).ifPresent(study -> {
            ExposureTotals correction = Attribution.correction(study.credits(), before, after);
            forward(
                    after.study(),
                    List.of(new RipenedExposures(after.arm(), after.number(), after.countedAsOfMillis(), correction)));
        });
    }

    private void ripen(long wallMillis) {
        clock.tick(wallMillis);
        long nowMillis = now();
        if (!studies.isReady() || nowMillis < 0) {
            return;
        }
        Map<Round, RipenedExposures> rounds = new LinkedHashMap<>();
        for (Bytes key : dueUntil(nowMillis)) {
            due.delete(key);
            String id = new String(key.get(), Long.BYTES, key.get().length - Long.BYTES, StandardCharsets.UTF_8);
            byte[] bytes = assigned.get(id);
            if (bytes != null) {
                ripen(id, json.decode(bytes), rounds);
            }
        }
        forward(rounds);
    }

    private List<Bytes> dueUntil(long nowMillis) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = due.range(dueKey(0, ""), dueKey(nowMillis, ""))) {
            while (range.hasNext() && keys.size() < MOST_AT_ONCE) {
                KeyValue<Bytes, byte[]> next = range.next();
                keys.add(next.key);
            }
        }
        return keys;
    }

    /** Ripens one, or forgets it if it is ripe already. */
    private void ripen(String id, TrackedExposure open, Map<Round, RipenedExposures> rounds) {
        if (open.isRipe()) {
            assigned.delete(id);
            return;
        }
        due.put(dueKey(open.forgottenAtMillis(), id), new byte[0]);
        assigned.put(id, json.encode(open.ripened(passOn(open, rounds))));
    }

    /** The time that what it was worth is counted as of. */
    private long passOn(TrackedExposure open, Map<Round, RipenedExposures> rounds) {
        Optional<OnlineStudy> study = studies.study(open.study());
        if (study.isEmpty()) {
            return open.assignedAtMillis();
        }
        ExposureTotals worth = Attribution.worth(study.get().credits(), open.reports());
        Round round = new Round(open.study(), open.arm(), open.number(), open.assignedAtMillis() / ROUND_MILLIS);
        RipenedExposures first = new RipenedExposures(open.arm(), open.number(), open.assignedAtMillis(), worth);
        RipenedExposures all = rounds.merge(round, first, RipenedExposures::plus);
        return all.assignedAtMillis();
    }

    private void forward(Map<Round, RipenedExposures> rounds) {
        Map<String, List<RipenedExposures>> byStudy = new LinkedHashMap<>();
        rounds.forEach((round, ripe) ->
                byStudy.computeIfAbsent(round.study(), s -> new ArrayList<>()).add(ripe));
        byStudy.forEach((study, ripe) -> {
            for (int from = 0; from < ripe.size(); from += RipenedExposures.MOST) {
                forward(study, ripe.subList(from, Math.min(ripe.size(), from + RipenedExposures.MOST)));
            }
        });
    }

    private void forward(String study, List<RipenedExposures> ripe) {
        context.forward(
                new Record<>(study, new Out(RIPE, RipenedExposures.JSON.encode(ripe)), context.currentSystemTimeMs()));
    }

    private static Bytes dueKey(long atMillis, String id) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(atMillis)
                .put(name)
                .array());
    }

    private static Optional<Arm> arm(io.afterlearner.schemas.Arm arm) {
        return switch (arm) {
            case CONTROL -> Optional.of(Arm.CONTROL);
            case CHAMPION -> Optional.of(Arm.CHAMPION);
            case EXPLORE -> Optional.of(Arm.EXPLORE);
            case UNKNOWN -> Optional.empty();
        };
    }

    private long now() {
        return clock.millis();
    }
}
