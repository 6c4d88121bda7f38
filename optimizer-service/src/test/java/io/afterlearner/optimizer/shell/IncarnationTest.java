package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A study that is deleted and created again under the same name is another. */
class IncarnationTest {
    private final TopologyTestDriver driver = new TopologyTestDriver(
            OptimizerTopology.build(
                    Metered.unread(),
                    new Backlog(),
                    Messages.NANOS,
                    new DeadLetters("optimizer"),
                    HeapBudget.ofProcess(),
                    Spans.off()),
            new Properties(),
            Instant.ofEpochMilli(1_000_000));

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void recordsOfADeletedStudyAreNeverToldToANewOneOfTheSameName() {
        begin(1, 1, 7);
        tell(1, 7);
        driver.createInputTopic(Topics.STUDIES, new StringSerializer(), new ByteArraySerializer())
                .pipeInput("s", null);
        List.of(Topics.candidates("default"), Topics.TRIALS).forEach(this::skip);

        begin(10, 2, 8);
        tell(0.25, 7);
        Command stop = Messages.command("s", "1", Action.STOP, 0);
        send(Topics.COMMANDS, Command.newBuilder(stop).setIncarnation(7).build());

        assertEquals(2, read(Topics.DEAD_LETTERS, DeadLetter.class).size());
        assertTrue(read(Topics.TRIALS, TrialEvent.class).stream()
                .allMatch(event -> event.getIncarnation() == 8 && event.getType() != TrialEventType.TOLD));
        List<Candidate> asked = read(Topics.candidates("default"), Candidate.class);
        assertEquals(
                List.of(8L, 8L), asked.stream().map(Candidate::getIncarnation).toList());

        skip(Topics.INCUMBENTS);
        tell(0.5, 8);
        List<Incumbent> all = read(Topics.INCUMBENTS, Incumbent.class);
        Incumbent now = all.get(all.size() - 1);
        assertEquals(
                List.of(StudyStatus.RUNNING, 0.5, 8L), List.of(now.getStatus(), now.getLoss(), now.getIncarnation()));
    }

    @Test
    void theSameSpecAgainKeepsItsIncarnation() {
        begin(10, 2, 7);
        begin(10, 2, 8);

        assertEquals(List.of(), read(Topics.DEAD_LETTERS, DeadLetter.class));
        assertEquals(7, read(Topics.STUDIES, StudySpec.class).get(0).getIncarnation());
    }

    private void begin(long budget, int parallelism, long incarnation) {
        StudySpec spec = Messages.spec("s", budget, parallelism);
        send(
                Topics.STUDIES,
                StudySpec.newBuilder(spec).setIncarnation(incarnation).build());
    }

    /** The loss of candidate 0. */
    private void tell(double loss, long incarnation) {
        Fitness told = Messages.measured("s", 0, loss);
        send(
                Topics.FITNESS,
                Fitness.newBuilder(told).setIncarnation(incarnation).build());
    }

    private void send(String topic, SpecificRecord record) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput("s", Messages.bytes(record));
    }

    private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        return values(topic).stream().map(value -> Messages.decode(type, value)).toList();
    }

    private void skip(String topic) {
        var unused = values(topic);
    }

    private List<byte[]> values(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readValuesToList();
    }
}
