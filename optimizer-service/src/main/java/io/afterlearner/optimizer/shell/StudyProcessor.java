package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.streams.StreamsDeadLetters;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.optimizer.core.Decision;
import io.afterlearner.optimizer.core.Input;
import io.afterlearner.optimizer.core.Limits;
import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Claim;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The loop. Reads the studies, commands and fitness of one partition; writes candidates, trials, incumbents and dead letters.
 * Everything it writes is in one transaction with the offsets of what it read. The core decides; this class decodes, checks
 * the key, and finds the study.
 */
final class StudyProcessor implements Processor<String, byte[], String, Out> {
    /**
     * A candidate that was outstanding for this much longer than its evaluation took has waited in a queue. Much more than
     * {@code commit.interval.ms}: otherwise that wait itself would look like a queue, and be repeated for ever.
     */
    private static final long QUEUED_MILLIS = 100;

    static final String STORE = "studies";

    private static final Duration LOOK_FOR_EXPIRED = Duration.ofMillis(50);
    private static final Duration PUBLISH_PROGRESS = Duration.ofMillis(250);

    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final Codec<Fitness> fitness = Codec.of(Fitness.class);
    private final Codec<Claim> claims = Codec.of(Claim.class);
    private final LoopMetrics metrics;
    private final Backlog backlog;

    private final ToLongFunction<ProcessorContext<?, ?>> nanos;
    private final DeadLetters letters;
    private final HeapBudget heap;
    private final Spans spans;

    private ProcessorContext<String, Out> context;
    private StreamsDeadLetters deadLetters;
    private LoopTrace trace;
    private LoopOutputs outputs;
    private StudyClock clock;
    private @Nullable Studies held;

    // Kafka Streams calls init before anything else, and again on the same object when a task is revived.
    @SuppressWarnings("NullAway.Init")
    StudyProcessor(
            LoopMetrics metrics,
            Backlog backlog,
            ToLongFunction<ProcessorContext<?, ?>> nanos,
            DeadLetters letters,
            HeapBudget heap,
            Spans spans) {
        this.spans = spans;
        this.heap = heap;
        this.metrics = metrics;
        this.nanos = nanos;
        this.backlog = backlog;
        this.letters = letters;
    }

    @Override
    public void init(ProcessorContext<String, Out> streams) {
        close();
        context = streams;
        trace = new LoopTrace(spans);
        outputs = new LoopOutputs(streams, trace);
        deadLetters = new StreamsDeadLetters(streams, letters, metrics::deadLetter);
        KeyValueStore<Bytes, byte[]> store = streams.getStateStore(STORE);
        Studies studies = new Studies(new StudyLog(store), outputs, trace, metrics, heap);
        held = studies;
        clock = new StudyClock(streams::currentSystemTimeMs, () -> nanos.applyAsLong(streams), studies.latestMillis());
        studies.resumeAt(now());
        streams.schedule(LOOK_FOR_EXPIRED, PunctuationType.WALL_CLOCK_TIME, due -> studies.expire(now()));
        streams.schedule(PUBLISH_PROGRESS, PunctuationType.WALL_CLOCK_TIME, now -> studies.publishProgress());
    }

    @Override
    public void close() {
        backlog.forget();
        if (held != null) {
            held.close();
            held = null;
        }
    }

    @Override
    public void process(Record<String, byte[]> received) {
        Studies studies = held;
        if (studies == null) {
            throw new IllegalStateException("a record came before init");
        }
        String topic = context.recordMetadata().map(m -> m.topic()).orElse(Topics.FITNESS);
        boolean queued = false;
        try {
            switch (topic) {
                case Topics.FITNESS -> queued = fitness(received, studies);
                case Topics.STUDIES -> spec(received, studies);
                case Topics.COMMANDS -> command(received, studies);
                default -> throw new IllegalStateException("a record came from " + topic + ", which is no input");
            }
        } catch (UndecodableException e) {
            deadLetters.send(received, String.valueOf(e.getMessage()));
        } finally {
            trace.end();
        }
        if (backlog.processed(!queued)) {
            context.commit();
        }
    }

    /** Returns whether other candidates of the study are queued, so that no evaluator is idle until the next commit. */
    private boolean fitness(Record<String, byte[]> received, Studies studies) throws UndecodableException {
        if (claims.wrote(received.value())) {
            claim(received, studies);
            return false;
        }
        Fitness told = fitness.decode(received.value());
        Study study = find(received, told.getStudy(), told.getIncarnation(), studies);
        if (study == null) {
            return false;
        }
        trace.fitness(study, told.getNumber(), received.headers());
        Input input = Inputs.input(study.isLogFull() ? Inputs.brief(told) : told, now());
        long outstandingMillis = study.state().outstandingMillis(told.getNumber(), input.atMillis());
        drive(received, studies, study, input);
        return wasQueued(outstandingMillis, told.getProvenance().getDurationMicros());
    }

    /** A study whose log is full goes on without claims: its candidates expire as if nobody had taken them. */
    private void claim(Record<String, byte[]> received, Studies studies) throws UndecodableException {
        Claim claim = claims.decode(received.value());
        Study study = find(received, claim.getStudy(), claim.getIncarnation(), studies);
        Input.Claimed input = Inputs.input(claim, now());
        if (study != null && input != null && !study.isLogFull()) {
            drive(received, studies, study, input);
        }
    }

    /** An evaluator that does not give the duration may have worked all the time. */
    private static boolean wasQueued(long outstandingMillis, long evaluatedMicros) {
        return evaluatedMicros > 0 && outstandingMillis - evaluatedMicros / 1000 >= QUEUED_MILLIS;
    }

    private void command(Record<String, byte[]> received, Studies studies) throws UndecodableException {
        Command command = commands.decode(received.value());
        trace.order("carry out command", command.getStudy(), received.headers());
        if (stopSetAside(received, command, studies)) {
            return;
        }
        Study study = find(received, command.getStudy(), command.getIncarnation(), studies);
        if (study == null
                || Inputs.isForOthers(command, study.spec(), study.state().status())) {
            return;
        }
        Input order = Inputs.order(command, now());
        if (order == null) {
            deadLetters.send(received, "the action is unknown to this version; upgrade the optimizer");
            return;
        }
        drive(received, studies, study, order);
    }

    /** Whether the command is about a study that cannot run here. It carries out nothing but STOP. */
    private boolean stopSetAside(Record<String, byte[]> received, Command command, Studies studies) {
        SetAside study = studies.setAside(command.getStudy());
        if (study == null
                || !command.getStudy().equals(received.key())
                || command.getIncarnation() != study.spec().getIncarnation()) {
            return false;
        }
        if (command.getAction() != Action.STOP) {
            deadLetters.send(received, "the study is " + study.reason());
        } else if (!study.isStopped()) {
            String why = command.getReason() == null ? study.reason() : command.getReason();
            studies.stop(study, Limits.name(command.getBy()), Limits.reason(why), now());
        }
        return true;
    }

    private void drive(Record<String, byte[]> received, Studies studies, Study study, Input input) {
        if (studies.drive(study, input) instanceof Decision.Refused refused) {
            deadLetters.send(received, refused.reason());
        }
    }

    /** The study that a record is about; null, and a dead letter, if there is none or the key names another. */
    private @Nullable Study find(Record<String, byte[]> received, String name, long incarnation, Studies studies) {
        Study study = name.equals(received.key()) ? studies.get(name) : null;
        if (study == null) {
            SetAside other = studies.setAside(name);
            deadLetters.send(
                    received, other == null ? unknown(name, received.key()) : "the study is " + other.reason());
        } else if (study.incarnation() != incarnation) {
            deadLetters.send(
                    received,
                    "the record is for incarnation " + incarnation + " of study " + Limits.name(name)
                            + ", and the study that exists is incarnation " + study.incarnation()
                            + "; the former was deleted or never existed");
            return null;
        }
        return study;
    }

    private static String unknown(String study, @Nullable String key) {
        return study.equals(key)
                ? "study " + Limits.name(study) + " does not exist; it was never created, or was deleted"
                : "the record's key is not its study " + Limits.name(study) + "; use the study as key";
    }

    private void spec(Record<String, byte[]> received, Studies studies) throws UndecodableException {
        if (received.value() == null) {
            studies.delete(String.valueOf(received.key()));
            return;
        }
        StudySpec spec = specs.decode(received.value());
        StudySpec known = studies.spec(spec.getStudy());
        if (known != null) {
            again(received, known, spec);
            return;
        }
        trace.order("create study", spec.getStudy(), received.headers());
        try {
            if (!spec.getStudy().equals(received.key())) {
                throw new IllegalArgumentException(unknown(spec.getStudy(), received.key()));
            }
            studies.begin(spec, Author.of(received), now());
        } catch (IllegalArgumentException e) {
            deadLetters.send(received, "the study is refused: " + e.getMessage());
        }
    }

    private void again(Record<String, byte[]> received, StudySpec first, StudySpec second) {
        StudySpec aligned = StudySpec.newBuilder(second)
                .setIncarnation(first.getIncarnation())
                .build();
        if (!first.equals(aligned)) {
            deadLetters.send(received, "study " + first.getStudy() + " exists with another spec; choose another name");
        }
        if (!first.equals(second)) {
            outputs.spec(first);
        }
    }

    private long now() {
        long nowMillis = clock.millis();
        metrics.clockOffset(clock.offsetMillis());
        return nowMillis;
    }
}
