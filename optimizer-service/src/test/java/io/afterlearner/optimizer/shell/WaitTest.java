package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Candidates that wait for an evaluator, and those that one has taken, by the wall clock. */
class WaitTest {
    private final TopologyTestDriver driver = new TopologyTestDriver(
            Messages.topology(Metered.unread()), new Properties(), Instant.ofEpochMilli(1_000_000));
    private final TestInputTopic<String, byte[]> studies = input(Topics.STUDIES);
    private final TestInputTopic<String, byte[]> fitness = input(Topics.FITNESS);

    @AfterEach
    void close() {
        driver.close();
    }

    /** A pool that is scaled to zero begins long after the timeout. */
    @Test
    void candidatesThatWaitForAnEvaluatorDoNotExpireByTheTimeout() {
        studies.pipeInput("s", Messages.bytes(Messages.spec("s", 10, 2)));
        List<Candidate> asked = read(Topics.candidates("default"), Candidate.class);
        assertEquals(
                Duration.ofHours(1).toMillis(),
                asked.get(0).getDeadlineMillis() - asked.get(0).getAskedAtMillis());
        driver.advanceWallClockTime(Duration.ofMinutes(59));
        take(0);
        driver.advanceWallClockTime(Duration.ofMinutes(2));

        Incumbent now = lastIncumbent();
        assertEquals(1, now.getExpired(), "candidate 1, which nobody took");
        assertEquals(1, now.getEvaluating());
        fitness.pipeInput("s", Messages.bytes(Messages.measured("s", 0, 1)));
        assertEquals(1, lastIncumbent().getTold());
        List<TrialEventType> types = read(Topics.TRIALS, TrialEvent.class).stream()
                .filter(trial -> trial.getNumber() == 0)
                .map(TrialEvent::getType)
                .toList();
        assertEquals(List.of(TrialEventType.ASKED, TrialEventType.TAKEN, TrialEventType.TOLD), types);
    }

    @Test
    void aCandidateThatIsHeldTooLongExpiresWithTheReason() {
        studies.pipeInput("s", Messages.bytes(Messages.spec("s", 10, 2)));
        take(1);
        driver.advanceWallClockTime(Duration.ofSeconds(60 + 6 + 60));
        TrialEvent expired = read(Topics.TRIALS, TrialEvent.class).stream()
                .filter(trial -> trial.getType() == TrialEventType.EXPIRED)
                .findFirst()
                .orElseThrow();
        assertEquals(1, expired.getNumber());
        assertEquals(FailureKind.TIMEOUT, expired.getCause().getKind());
        assertEquals(126_000, expired.getCause().getMillis());
    }

    private void take(long number) {
        fitness.pipeInput("s", Messages.bytes(Messages.taken("s", number)));
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        return driver
                .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .stream()
                .map(value -> Messages.decode(type, value))
                .toList();
    }

    private Incumbent lastIncumbent() {
        List<Incumbent> all = read(Topics.INCUMBENTS, Incumbent.class);
        return all.get(all.size() - 1);
    }
}
