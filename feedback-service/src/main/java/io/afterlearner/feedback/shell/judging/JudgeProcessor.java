package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.Judge;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.judging.StudyRegistry.Entry;
import io.afterlearner.feedback.shell.judging.StudyRegistry.JudgedStudy;
import io.afterlearner.feedback.shell.ripening.RipenedExposures;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.streams.StreamsDeadLetters;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/**
 * Feeds the judge: turns records keyed by study into its inputs, and its outputs into records. It decides nothing itself.
 * State, outputs and offsets are committed in one transaction.
 */
public final class JudgeProcessor implements Processor<String, byte[], String, Out> {
    public static final List<String> STORES = List.of(StudyRegistry.STATES, StudyRegistry.SPECS, StudyRegistry.DELETED);

    private static final Logger LOG = Logger.getLogger(JudgeProcessor.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final Codec<TrialEvent> trials = Codec.of(TrialEvent.class);
    private final Codec<Incumbent> incumbents = Codec.of(Incumbent.class);
    private final Codec<Arms> arms = Codec.of(Arms.class);
    private final OnlineStudies known;
    private final Standings standings;
    private final FeedbackMetrics metrics;
    private final DeadLetters letters;
    private final String instance;
    private final JudgeTrace trace;
    /** The latest recommendation per study: the optimizer repeats it in each record. */
    private final Map<String, Long> recommended = new TreeMap<>();
    /** Studies that began before their spec's record was read here: a deletion read before it is of an earlier incarnation. */
    private final Set<String> ahead = new HashSet<>();

    private ProcessorContext<String, Out> context;
    private StreamsDeadLetters deadLetters;
    private DecisionSender sender;
    private StudyRegistry studies;

    // Kafka Streams calls init before any other method.
    @SuppressWarnings("NullAway.Init")
    public JudgeProcessor(
            OnlineStudies known,
            Standings standings,
            FeedbackMetrics metrics,
            DeadLetters letters,
            String instance,
            Spans spans) {
        this.trace = new JudgeTrace(spans);
        this.known = known;
        this.standings = standings;
        this.metrics = metrics;
        this.letters = letters;
        this.instance = instance;
    }

    @Override
    public void init(ProcessorContext<String, Out> streams) {
        context = streams;
        deadLetters = new StreamsDeadLetters(streams, letters, metrics::deadLetter);
        sender = new DecisionSender(streams, metrics, new JudgeRecords(instance), trace);
        studies = new StudyRegistry(streams, standings);
        recommended.clear();
        ahead.clear();
        streams.schedule(
                TICK, PunctuationType.WALL_CLOCK_TIME, due -> studies.names().forEach(this::tick));
        StandingWriter.start(streams, studies, standings);
    }

    private void tick(String name) {
        step(name, new Input.Tick(now()), false);
        standings.queried(name, now()).ifPresent(queried -> step(name, queried, false));
    }

    @Override
    public void close() {
        studies.close();
    }

    @Override
    public void process(Record<String, byte[]> received) {
        String topic = context.recordMetadata().orElseThrow().topic();
        try {
            if (received.value() != null) {
                process(topic, received);
            } else if (topic.equals(Topics.STUDIES) && received.key() != null) {
                delete(received.key());
            } else if (topic.equals(Topics.ARMS) && received.key() != null && !DecisionSender.isOwn(received)) {
                studies.find(received.key()).ifPresent(sender::repeatArms);
            }
        } catch (UndecodableException e) {
            deadLetters.send(received, String.valueOf(e.getMessage()));
        }
    }

    private void process(String topic, Record<String, byte[]> received) throws UndecodableException {
        switch (topic) {
            case Topics.STUDIES -> study(received);
            case Topics.COMMANDS -> command(commands.decode(received.value()));
            case Topics.TRIALS -> trial(trials.decode(received.value()), received.headers());
            case Topics.INCUMBENTS -> incumbent(incumbents.decode(received.value()));
            case Topics.ARMS -> arms(received);
            default -> {
                if (!RipenedExposures.isTopic(topic)) {
                    throw new IllegalStateException("unexpected topic " + topic);
                }
                ripened(received);
            }
        }
    }

    private void study(Record<String, byte[]> received) throws UndecodableException {
        StudySpec spec = specs.decode(received.value());
        ahead.remove(spec.getStudy());
        if (spec.getOnline() == null || studies.find(spec.getStudy()).isPresent()) {
            return;
        }
        try {
            OnlineRules.check(spec);
        } catch (RefusedException e) {
            throw new UndecodableException("the study is refused: " + e.getMessage(), e);
        }
        OnlineStudy.of(spec)
                .ifPresentOrElse(
                        this::begin,
                        () -> deadLetters.send(
                                received, "online: has settings of a newer version; upgrade the feedback service"));
    }

    private void begin(OnlineStudy study) {
        Judge.Step step = Judge.begin(JudgingPlans.plan(study.spec(), study.online()), now());
        Entry entry = new Entry(study, JudgedStudy.begun(step.state()));
        studies.add(entry);
        sender.send(entry, step.outputs(), now());
        LOG.infof("study %s begins", study.name());
    }

    /** Deletes a study. The tombstone of its arms makes every client forget it and serve ℵ₀. */
    private void delete(String name) {
        if (ahead.contains(name)) {
            return;
        }
        if (studies.find(name).isPresent()) {
            judge(name, new Input.Command(now(), JudgeRecords.SERVICE, Input.Action.STOP));
            sender.sendTombstones(name);
            LOG.infof("study %s was deleted", name);
        }
        studies.delete(name);
        recommended.remove(name);
    }

    /** Whether this incarnation of the study is judged here. A study whose spec arrives after records about it begins now. */
    private boolean isJudged(String name, long incarnation) {
        Optional<Entry> judged = studies.find(name);
        if (judged.filter(entry -> entry.incarnation() == incarnation).isPresent()) {
            return true;
        }
        Optional<OnlineStudy> later =
                known.study(name, incarnation).filter(study -> !studies.isDeleted(name, incarnation));
        if (later.isEmpty()) {
            return false;
        }
        if (judged.isPresent()) {
            delete(name);
        }
        begin(later.get());
        ahead.add(name);
        return true;
    }

    private void command(Command command) {
        switch (command.getAction()) {
            case PAUSE, RESUME, STOP, REVERT, APPROVE, REJECT, GRANT ->
                command(command, Input.Action.valueOf(command.getAction().name()));
            case EXTEND, SUGGEST, CENTRE, REOPEN, UNKNOWN -> {
                // For the optimizer.
            }
        }
    }

    private void command(Command command, Input.Action action) {
        String name = command.getStudy();
        if (isJudged(name, command.getIncarnation())
                && !studies.get(name).judged().orders().contains(command.getId())) {
            studies.update(name, studies.get(name).judged().ordered(command.getId()));
            judge(name, new Input.Command(now(), command.getBy(), action));
        }
    }

    private void trial(TrialEvent event, Headers headers) {
        String name = event.getStudy();
        if (!isJudged(name, event.getIncarnation())) {
            return;
        }
        switch (event.getType()) {
            case ASKED -> {
                trace.arrived(name, event.getIncarnation(), event.getNumber(), headers);
                long deadline = event.getAtMillis() + studies.get(name).timeoutMillis();
                judge(name, new Input.Arrived(now(), event.getNumber(), event.getValues(), deadline));
            }
            case EXTENDED, REOPENED -> judge(name, new Input.Budgeted(now(), event.getBudget()));
            default -> {
                // The judge reads specs and commands instead; other events are for readers of the log.
            }
        }
    }

    private void incumbent(Incumbent incumbent) {
        String name = incumbent.getStudy();
        long number = incumbent.getNumber();
        if (number > 0
                && isJudged(name, incumbent.getIncarnation())
                && !Long.valueOf(number).equals(recommended.put(name, number))) {
            judge(name, new Input.Recommended(now(), number, incumbent.getValues()));
        }
    }

    private void arms(Record<String, byte[]> received) throws UndecodableException {
        if (DecisionSender.isOwn(received)) {
            return;
        }
        Arms written = arms.decode(received.value());
        if (!written.getStudy().equals(received.key())) {
            throw new UndecodableException("the record's key is not the study of its arms; use the study as key");
        }
        if (!isJudged(received.key(), written.getIncarnation())) {
            if (studies.isDeleted(received.key(), written.getIncarnation())) {
                studies.find(received.key())
                        .ifPresentOrElse(sender::repeatArms, () -> sender.sendTombstones(received.key()));
            }
            return;
        }
        LOG.warnf("study %s: %s wrote its arms: %s", received.key(), written.getBy(), written.getReason());
        long at = studies.get(received.key()).overruledAt(written.getAtMillis(), now());
        judge(received.key(), new Input.Overruled(at, written.getBy(), written.getReason(), written.getRevision()));
        // Arms that were sent meanwhile must not stay the latest on the topic.
        sender.sendArms(studies.get(received.key()), written.getBy(), written.getReason(), at);
    }

    private void ripened(Record<String, byte[]> received) throws UndecodableException {
        String name = received.key();
        if (name == null) {
            throw new UndecodableException("no key; the study was expected");
        }
        for (RipenedExposures ripe : RipenedExposures.read(received.value())) {
            if (isJudged(name, ripe.incarnation())) {
                judge(name, ripe.input(now()));
            }
        }
    }

    private void judge(String name, Input input) {
        step(name, input, true);
    }

    /** @param always whether to save the state also if the input had no output */
    private void step(String name, Input input, boolean always) {
        Judge.Step step = Judge.step(studies.get(name).judged().state(), input);
        studies.update(name, studies.get(name).judged().with(step.state()));
        sender.send(studies.get(name), step.outputs(), input.atMillis());
        if (always || !step.outputs().isEmpty()) {
            studies.save(name);
        }
    }

    private long now() {
        return context.currentSystemTimeMs();
    }
}
