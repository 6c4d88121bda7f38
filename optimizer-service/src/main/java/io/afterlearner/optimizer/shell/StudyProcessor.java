package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Deadlines;
import io.afterlearner.optimizer.core.Decider;
import io.afterlearner.optimizer.core.Decision;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Input;
import io.afterlearner.optimizer.core.Limits;
import io.afterlearner.optimizer.core.Margin;
import io.afterlearner.optimizer.core.Plan;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The loop: studies, commands and fitness of one partition in, candidates, trials, incumbents and dead letters out. Decides
 * nothing itself; whatever it writes and sends is one transaction with the offsets of what it read.
 */
final class StudyProcessor implements Processor<String, byte[], String, Out> {
    static final String STORE = "studies";

    private static final Logger LOG = Logger.getLogger(StudyProcessor.class);
    private static final Duration LOOK_FOR_EXPIRED = Duration.ofMillis(50);
    private static final Duration PUBLISH_PROGRESS = Duration.ofMillis(250);

    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final Codec<Fitness> fitness = Codec.of(Fitness.class);
    private final Codec<Candidate> candidates = Codec.of(Candidate.class);
    private final Codec<TrialEvent> trials = Codec.of(TrialEvent.class);
    private final Codec<Incumbent> incumbents = Codec.of(Incumbent.class);
    private final Tallies tallies;
    private final Backlog backlog;

    private ProcessorContext<String, Out> context;
    private StudyLog log;
    private DeadLetters deadLetters;
    private final Map<String, Study> studies = new TreeMap<>();
    private Deadlines deadlines = new Deadlines();

    // Kafka Streams calls init before anything else, and again on the same object when a task is revived.
    @SuppressWarnings("NullAway.Init")
    StudyProcessor(Tallies tallies, Backlog backlog) {
        this.tallies = tallies;
        this.backlog = backlog;
    }

    @Override
    public void init(ProcessorContext<String, Out> streams) {
        context = streams;
        backlog.forget();
        KeyValueStore<Bytes, byte[]> store = streams.getStateStore(STORE);
        log = new StudyLog(store);
        deadLetters = new DeadLetters(streams, tallies);
        letGo();
        deadlines = new Deadlines();
        log.readAll(new Replay());
        studies.values().forEach(study -> study.tally(tallies));
        studies.values()
                .forEach(study ->
                        deadlines.expect(study.spec().getStudy(), study.state().deadlineMillis()));
        streams.schedule(LOOK_FOR_EXPIRED, PunctuationType.WALL_CLOCK_TIME, this::expire);
        streams.schedule(PUBLISH_PROGRESS, PunctuationType.WALL_CLOCK_TIME, now -> publishProgress());
    }

    @Override
    public void close() {
        backlog.forget();
        letGo();
    }

    private void letGo() {
        studies.values().forEach(study -> study.untally(tallies));
        studies.clear();
    }

    @Override
    public void process(Record<String, byte[]> received) {
        String topic = context.recordMetadata().map(m -> m.topic()).orElse(Topics.FITNESS);
        try {
            switch (topic) {
                case Topics.FITNESS -> fitness(received);
                case Topics.STUDIES -> study(received);
                case Topics.COMMANDS -> command(received);
                default -> throw new IllegalStateException("nothing is expected on " + topic);
            }
        } catch (UndecodableException e) {
            deadLetters.send(received, String.valueOf(e.getMessage()));
        }
        if (backlog.removeLast()) {
            context.commit();
        }
    }

    private void fitness(Record<String, byte[]> received) throws UndecodableException {
        Fitness told = fitness.decode(received.value());
        Study study = studies.get(told.getStudy());
        if (study == null || !told.getStudy().equals(received.key())) {
            deadLetters.send(received, unknown(told.getStudy(), received.key()));
            return;
        }
        drive(received, study, Inputs.input(told, now()));
    }

    private void command(Record<String, byte[]> received) throws UndecodableException {
        Command command = commands.decode(received.value());
        Study study = studies.get(command.getStudy());
        if (study == null || !command.getStudy().equals(received.key())) {
            deadLetters.send(received, unknown(command.getStudy(), received.key()));
            return;
        }
        if (Inputs.isForOthers(command, study.spec(), study.state().status())) {
            return;
        }
        Input order = Inputs.order(command, now());
        if (order == null) {
            deadLetters.send(received, "the optimizer does not carry out " + command.getAction());
            return;
        }
        drive(received, study, order);
    }

    private static String unknown(String study, @Nullable String key) {
        return study.equals(key)
                ? "no study is called " + Limits.name(study) + ": it was never created, or is forgotten"
                : "the record's key is not its study, " + Limits.name(study) + ": key it by study";
    }

    private void study(Record<String, byte[]> received) throws UndecodableException {
        if (received.value() == null) {
            forget(String.valueOf(received.key()));
            return;
        }
        StudySpec spec = specs.decode(received.value());
        Study known = studies.get(spec.getStudy());
        if (known != null) {
            knownAlready(received, known.spec(), spec);
            return;
        }
        try {
            if (!spec.getStudy().equals(received.key())) {
                throw new IllegalArgumentException(unknown(spec.getStudy(), received.key()));
            }
            begin(spec, Specs.plan(spec));
        } catch (IllegalArgumentException e) {
            deadLetters.send(received, "the study is refused: " + e.getMessage());
        }
    }

    private void knownAlready(Record<String, byte[]> received, StudySpec first, StudySpec second) {
        if (!first.equals(second)) {
            deadLetters.send(received, "another study is called " + first.getStudy() + " already: choose another name");
            // The compacted topic must end with the spec that is followed; it comes back here and changes nothing.
            send(Topics.STUDIES, first.getStudy(), specs.encode(first));
        }
    }

    private void begin(StudySpec spec, Plan plan) {
        long active = studies.values().stream()
                .filter(s -> !s.state().status().hasEnded())
                .count();
        if (active >= OptimizerTopology.MOST_ACTIVE_STUDIES) {
            throw new IllegalArgumentException(
                    active + " studies are active on this partition: wait for some to end, or stop one");
        }
        Study study = new Study(spec, plan);
        List<Event> events = new ArrayList<>();
        Decider.begin(study.state(), now(), events::add);
        studies.put(spec.getStudy(), study);
        log.write(spec);
        keep(study, events);
        LOG.infof(
                "%s begins: budget %d, %s",
                spec.getStudy(), plan.budget(), plan.choice().why());
    }

    private void forget(String name) {
        Study study = studies.get(name);
        if (study != null && study.state().status().hasEnded()) {
            studies.remove(name);
            study.untally(tallies);
            log.forget(name);
            send(Topics.INCUMBENTS, name, null);
            LOG.infof("%s is forgotten", name);
        } else if (study != null) {
            send(Topics.STUDIES, name, specs.encode(study.spec()));
        }
    }

    private void drive(@Nullable Record<String, byte[]> received, Study study, Input input) {
        String name = study.spec().getStudy();
        List<Event> events = new ArrayList<>(2);
        Margin before = study.state().margin();
        Decision decision;
        try {
            decision = Decider.drive(study.state(), input, events::add);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // Nothing was written yet: fold anew what is known to be good, and go on without this input.
            LOG.errorf(e, "%s cannot take in %s", name, input);
            studies.remove(name);
            study.untally(tallies);
            log.read(name, new Replay());
            Optional.ofNullable(studies.get(name)).ifPresent(again -> again.tally(tallies));
            if (received != null) {
                deadLetters.send(received, "the study could not take it in: " + e.getMessage());
            }
            return;
        }
        if (decision instanceof Decision.Refused refused && received != null) {
            deadLetters.send(received, refused.reason());
        } else if (decision instanceof Decision.Ignored ignored) {
            tallies.ignored(ignored.kind());
        }
        if (!study.state().margin().equals(before)) {
            log.write(name, study.state().margin());
        }
        keep(study, events);
    }

    /** Appends the events to the log, and sends them and the candidates among them. */
    private void keep(Study study, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        String name = study.spec().getStudy();
        long first = study.state().sequence() + 1 - events.size();
        List<byte[]> encoded = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            byte[] bytes = trials.encode(Events.record(name, first + i, event));
            encoded.add(bytes);
            send(Topics.TRIALS, name, bytes);
            if (event instanceof Event.Asked asked) {
                ask(study, asked);
            }
            tallies.happened(event);
        }
        log.append(name, first, encoded);
        study.tally(tallies);
        deadlines.expect(name, study.state().deadlineMillis());
        if (study.hasNews()) {
            publish(study);
        }
    }

    private void ask(Study study, Event.Asked asked) {
        String name = study.spec().getStudy();
        Plan plan = study.state().plan();
        Candidate candidate = new Candidate(
                name,
                asked.number(),
                Events.list(asked.values()),
                asked.atMillis(),
                asked.atMillis() + plan.timeoutMillis());
        send(Topics.candidates(plan.pool()), Topics.candidateKey(name, asked.number()), candidates.encode(candidate));
    }

    private void publish(Study study) {
        var standing = study.state().standing();
        String name = study.spec().getStudy();
        send(Topics.INCUMBENTS, name, incumbents.encode(Incumbents.record(name, standing)));
        study.published(standing);
    }

    private void publishProgress() {
        studies.values().stream().filter(Study::hasProgress).forEach(this::publish);
    }

    private void expire(long nowMillis) {
        for (String name : deadlines.due(nowMillis)) {
            Study study = studies.get(name);
            if (study != null) {
                drive(null, study, new Input.Tick(nowMillis));
                deadlines.expect(name, study.state().deadlineMillis());
            }
        }
    }

    private void send(String topic, String key, byte @Nullable [] value) {
        context.forward(new Record<>(key, new Out(topic, value), now()));
    }

    private long now() {
        return context.currentSystemTimeMs();
    }

    /** Folds the log into memory. */
    private final class Replay implements StudyLog.Reader {
        @Override
        public void spec(StudySpec spec) {
            studies.put(spec.getStudy(), new Study(spec, Specs.plan(spec)));
        }

        @Override
        public void margin(String study, Margin margin) {
            known(study).state().restore(margin);
        }

        @Override
        public void event(TrialEvent event) {
            known(event.getStudy()).state().apply(Events.event(event));
        }

        private Study known(String name) {
            Function<String, Study> none = missing -> {
                throw new IllegalStateException("the state store has events of " + missing + ", and no spec");
            };
            return studies.computeIfAbsent(name, none);
        }
    }
}
