package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyTestDriver driver = new TopologyTestDriver(
            Messages.topology(Metered.in(meters)), new Properties(), Instant.ofEpochMilli(1_000_000));
    private final TestInputTopic<String, byte[]> studies = input(Topics.STUDIES);
    private final TestInputTopic<String, byte[]> commands = input(Topics.COMMANDS);
    private final TestInputTopic<String, byte[]> fitness = input(Topics.FITNESS);

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aSpecYieldsCandidatesOnThePoolsTopicKeyedByStudyAndNumber() {
        begin("s", 10, 3);

        var records = keyValues(Topics.candidates("default"));
        assertEquals(
                List.of("s#0", "s#1", "s#2"), records.stream().map(r -> r.key).toList());
        Candidate first = Messages.decode(Candidate.class, records.get(0).value);
        assertEquals(List.of(0.0, 0.0, 0.0, 0.0), first.getValues());
        assertEquals(3_600_000, first.getDeadlineMillis() - first.getAskedAtMillis());
    }

    @Test
    void aStudyRunsToItsEndWithoutGapsInItsTrials() {
        begin("s", 5, 2);
        for (int n = 0; n < 5; n++) {
            tell("s", n, 5 - n);
        }

        List<TrialEvent> trials = read(Topics.TRIALS, TrialEvent.class);
        for (int i = 0; i < trials.size(); i++) {
            assertEquals(i, trials.get(i).getSequence());
        }
        assertEquals(TrialEventType.FINISHED, trials.get(trials.size() - 1).getType());
        Incumbent last = lastIncumbent();
        assertEquals(StudyStatus.FINISHED, last.getStatus());
        assertEquals(4, last.getNumber());
        assertEquals(1.0, last.getLoss());
        assertEquals(5.0, last.getBaselineLoss());
        assertEquals(5, last.getTold());
    }

    @ParameterizedTest
    @ValueSource(strings = {Topics.STUDIES, Topics.COMMANDS, Topics.FITNESS})
    void garbageIsDeadLetteredWholeAndTheLoopGoesOn(String topic) {
        begin("s", 10, 1);
        byte[] garbage = {(byte) 0xC3, 1, 2, 3};
        input(topic).pipeInput("s", garbage);
        tell("s", 0, 1);

        DeadLetter letter = onlyDeadLetter();
        assertEquals(topic, letter.getTopic());
        assertEquals(garbage.length, letter.getValue().remaining());
        assertEquals(2, read(Topics.candidates("default"), Candidate.class).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {Topics.STUDIES, Topics.COMMANDS, Topics.FITNESS})
    void neitherKeyNorValueIsTooLittleForTheLoopToDie(String topic) {
        input(topic).pipeInput((String) null, new byte[0]);
        input(topic).pipeInput((String) null, (byte[]) null);
        input(topic).pipeInput("s", null);
        begin("s", 10, 1);

        assertEquals(1, read(Topics.candidates("default"), Candidate.class).size());
    }

    @Test
    void aFitnessForAnUnknownStudyIsDeadLettered() {
        tell("nobody", 0, 1);

        assertTrue(onlyDeadLetter().getReason().contains("nobody"));
        assertEquals(1.0, meters.counter("afterlearner.dead.letters").count());
    }

    @Test
    void fitnessThatCannotBeToldIsCounted() {
        begin("s", 10, 2);
        tell("s", 0, 1);
        tell("s", 0, 1);
        tell("s", 77, 1);
        driver.advanceWallClockTime(Duration.ofMinutes(61));
        tell("s", 1, 1);
        driver.advanceWallClockTime(Duration.ofMillis(300));

        var ignored = lastIncumbent().getIgnored();
        assertEquals(1, ignored.getDuplicate());
        assertEquals(1, ignored.getUnknown());
        assertEquals(1, ignored.getLate());
        assertEquals(
                1.0,
                meters.get("afterlearner.optimizer.fitness.ignored")
                        .tag("kind", "late")
                        .counter()
                        .count());
    }

    @Test
    void aLossOfNanFails() {
        begin("s", 10, 2);
        tell("s", 1, Double.NaN);

        TrialEvent failed = read(Topics.TRIALS, TrialEvent.class).stream()
                .filter(t -> t.getType() == TrialEventType.FAILED)
                .findFirst()
                .orElseThrow();
        assertEquals(FailureKind.LOSS_NOT_FINITE, failed.getCause().getKind());
    }

    @Test
    void unansweredCandidatesExpireByTheWallClock() {
        begin("s", 10, 2);
        tell("s", 0, 1);
        drain();

        driver.advanceWallClockTime(Duration.ofMinutes(60).minusSeconds(1));
        assertEquals(0, read(Topics.candidates("default"), Candidate.class).size());

        driver.advanceWallClockTime(Duration.ofSeconds(2));
        List<Candidate> replacements = read(Topics.candidates("default"), Candidate.class);
        assertEquals(
                List.of(3L, 4L), replacements.stream().map(Candidate::getNumber).toList());
    }

    @Test
    void aSecondSpecWithTheSameNameIsDeadLetteredAndTheFirstRestored() {
        begin("s", 10, 2);
        begin("s", 10, 2);
        assertTrue(driver.createOutputTopic(Topics.DEAD_LETTERS, new StringDeserializer(), new ByteArrayDeserializer())
                .isEmpty());
        begin("s", 20, 2);

        assertTrue(onlyDeadLetter().getReason().contains("another spec"));
        // Records sent to a source topic are read back: the loop must not answer them again.
        List<StudySpec> putBack = read(Topics.STUDIES, StudySpec.class);
        assertEquals(1, putBack.size());
        assertEquals(10, putBack.get(0).getOptimizer().getBudget());
        assertEquals(10, lastIncumbent().getBudget());
    }

    @Test
    void anInvalidSpecIsDeadLetteredWithTheFix() {
        begin("s", 0, 2);

        assertEquals(
                "the study is refused: optimizer.budget is 0; give 1 to 10000000",
                onlyDeadLetter().getReason());
    }

    @Test
    void commandsControlAStudy() {
        begin("s", 10, 2);
        command("s", "1", Action.PAUSE, 0);
        tell("s", 0, 1);
        assertEquals(2, read(Topics.candidates("default"), Candidate.class).size());
        assertEquals(StudyStatus.PAUSED, lastIncumbent().getStatus());

        command("s", "2", Action.RESUME, 0);
        assertEquals(1, read(Topics.candidates("default"), Candidate.class).size());

        command("s", "3", Action.STOP, 0);
        assertEquals(StudyStatus.STOPPED, lastIncumbent().getStatus());

        command("s", "4", Action.RESUME, 0);
        assertTrue(onlyDeadLetter().getReason().contains("STOPPED"));
    }

    @Test
    void aTombstoneRemovesAnEndedStudyButNotARunningOne() {
        begin("s", 1, 1);
        studies.pipeInput("s", null);
        tell("s", 0, 1);
        assertEquals(StudyStatus.FINISHED, lastIncumbent().getStatus());

        studies.pipeInput("s", null);

        var incumbents = keyValues(Topics.INCUMBENTS);
        assertNull(incumbents.get(incumbents.size() - 1).value);
        assertEquals(0, driver.getKeyValueStore(StudyProcessor.STORE).approximateNumEntries());
        drain();
        begin("s", 1, 1);
        assertEquals(1, read(Topics.candidates("default"), Candidate.class).size());
    }

    @Test
    void progressIsPublishedAtMostFourTimesASecond() {
        begin("s", 1_000, 1);
        tell("s", 0, 1);
        drain();
        for (int n = 1; n < 500; n++) {
            tell("s", n, 2);
        }
        assertEquals(0, keyValues(Topics.INCUMBENTS).size());

        driver.advanceWallClockTime(Duration.ofMillis(250));

        assertEquals(500, lastIncumbent().getTold());
        driver.advanceWallClockTime(Duration.ofMillis(250));
        assertEquals(0, keyValues(Topics.INCUMBENTS).size(), "nothing changed since");
    }

    private void begin(String study, long budget, int parallelism) {
        studies.pipeInput(study, Messages.bytes(Messages.spec(study, budget, parallelism)));
    }

    private void tell(String study, long number, double loss) {
        fitness.pipeInput(study, Messages.bytes(Messages.measured(study, number, loss)));
    }

    private void command(String study, String id, Action action, long budget) {
        commands.pipeInput(study, Messages.bytes(Messages.command(study, id, action, budget)));
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    private List<KeyValue<String, byte[]>> keyValues(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList();
    }

    private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        return keyValues(topic).stream()
                .map(r -> Messages.decode(type, r.value))
                .toList();
    }

    private Incumbent lastIncumbent() {
        List<Incumbent> all = read(Topics.INCUMBENTS, Incumbent.class);
        return all.get(all.size() - 1);
    }

    private DeadLetter onlyDeadLetter() {
        List<DeadLetter> all = read(Topics.DEAD_LETTERS, DeadLetter.class);
        assertEquals(1, all.size(), all.toString());
        return all.get(0);
    }

    private void drain() {
        keyValues(Topics.candidates("default"));
        keyValues(Topics.INCUMBENTS);
        keyValues(Topics.TRIALS);
    }
}
