package io.afterlearner.local.stack;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.MissingTopicException;
import io.afterlearner.kafka.TopicScan;
import io.afterlearner.kafka.rights.Denials;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.Verdicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Reads the committed records of topics, from the beginning to the current end. */
public final class TopicReader {
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);
    /** The latest record of a study is most likely among these; a revert should not wait for more. */
    private static final long LATEST_OFFSETS = 100;

    private final KafkaSettings kafka;
    private final TopicScan scan;

    public TopicReader(KafkaSettings kafka) {
        this.kafka = kafka;
        scan = new TopicScan(kafka, READ_TIMEOUT);
    }

    /** Whether AfterLearner's topics exist. A stack that starts creates them. */
    public boolean isReady() {
        boolean[] ready = {true};
        scan(() -> {
            try {
                scan.readLast(Topics.STUDIES, 0, StudySpec.class, key -> false, (key, value) -> {});
            } catch (MissingTopicException e) {
                ready[0] = false;
            }
        });
        return ready[0];
    }

    /** The spec of each study that is not deleted, by id, oldest first; none before the topic exists. */
    public Map<String, StudySpec> studies() {
        return latest(Topics.STUDIES, StudySpec.class);
    }

    /** The latest incumbent of each study, by id; none before the topic exists. */
    public Map<String, Incumbent> incumbents() {
        return latest(Topics.INCUMBENTS, Incumbent.class);
    }

    /** The answer of an evaluator about a candidate on the test split; empty if there is none yet. */
    public Optional<VerdictAnswer> verdict(StudySpec spec, long number) {
        Map<String, VerdictAnswer> counting = new HashMap<>();
        String wanted = Verdicts.key(spec.getStudy(), spec.getIncarnation(), number);
        scan(() -> scan.read(Topics.VERDICTS, VerdictAnswer.class, wanted::equals, (key, answer) -> {
            if (answer != null) {
                counting.merge(key, answer, Verdicts::counting);
            }
        }));
        return Optional.ofNullable(counting.get(wanted));
    }

    private <T extends SpecificRecord> Map<String, T> latest(String topic, Class<T> type) {
        Map<String, T> latest = new LinkedHashMap<>();
        // A record without a value removes its key.
        scan(() -> {
            try {
                scan.read(topic, type, key -> true, (key, value) -> latest.compute(key, (k, old) -> value));
            } catch (MissingTopicException e) {
                latest.clear();
            }
        });
        return latest;
    }

    /** What an online study serves now; empty until the feedback service has started it. */
    public Optional<Arms> arms(String study) {
        List<Arms> records = new ArrayList<>();
        scan(() -> scan.readLast(Topics.ARMS, LATEST_OFFSETS, Arms.class, study::equals, adding(records)));
        if (records.isEmpty()) {
            scan(() -> scan.read(Topics.ARMS, Arms.class, study::equals, adding(records)));
        }
        return current(study, records, Arms::getIncarnation).stream().reduce((first, second) -> second);
    }

    /** Changes of an online study's arms, in order. */
    public List<ArmsChange> audit(String study) {
        return all(Topics.AUDIT, ArmsChange.class, study, ArmsChange::getIncarnation);
    }

    /** A study's events, in order. */
    public List<TrialEvent> trials(String study) {
        return all(Topics.TRIALS, TrialEvent.class, study, TrialEvent::getIncarnation);
    }

    private <T extends SpecificRecord> List<T> all(
            String topic, Class<T> type, String study, ToLongFunction<T> incarnation) {
        List<T> records = new ArrayList<>();
        scan(() -> scan.read(topic, type, study::equals, adding(records)));
        return current(study, records, incarnation);
    }

    /** Without the records of a deleted study of the same name; none if the study itself is deleted. */
    private <T> List<T> current(String study, List<T> records, ToLongFunction<T> incarnation) {
        StudySpec spec = studies().get(study);
        return spec == null
                ? List.of()
                : records.stream()
                        .filter(record -> incarnation.applyAsLong(record) == spec.getIncarnation())
                        .toList();
    }

    private static <T> BiConsumer<String, @Nullable T> adding(List<T> records) {
        return (key, value) -> {
            if (value != null) {
                records.add(value);
            }
        };
    }

    private void scan(Runnable reading) {
        try {
            reading.run();
        } catch (KafkaException e) {
            throw new StackException(
                    "Kafka at " + kafka.bootstrapServers() + " cannot be read: " + KafkaReason.of(e)
                            + (Denials.isMissingRight(e)
                                    ? "; grant this user the rights that ./afterlearner topics acls --service operator"
                                            + " prints"
                                    : "; check the address, that it runs, and the security settings"),
                    e);
        }
    }
}
