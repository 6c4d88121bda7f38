package io.afterlearner.feedback.shell;

import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.Judge;
import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.feedback.shell.OnlineStudies.OnlineStudy;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import io.afterlearner.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * By study: what exposures were worth, what the optimizer asks and recommends and what people want in; fitness, arms,
 * audit records and orders to the optimizer out. Decides nothing itself; whatever it writes and sends is one transaction
 * with the offsets of what it read.
 */
final class JudgeProcessor implements Processor<String, byte[], String, Out> {
    static final String STATES = "states";
    static final String SPECS = "specs";
    /** On records of arms that this service wrote: one without it is somebody else's. */
    static final String OURS = "afterlearner-feedback-service";

    private static final Logger LOG = Logger.getLogger(JudgeProcessor.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int SALT_BYTES = 16;

    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<Command> commands = Codec.of(Command.class);
    private final Codec<TrialEvent> trials = Codec.of(TrialEvent.class);
    private final Codec<Incumbent> incumbents = Codec.of(Incumbent.class);
    private final Codec<Arms> arms = Codec.of(Arms.class);
    private final OnlineStudies known;
    private final Standings standings;
    private final FeedbackMetrics tallies;
    private final Outputs outputs;

    private ProcessorContext<String, Out> context;
    private KeyValueStore<String, byte[]> states;
    private KeyValueStore<String, byte[]> specStore;
    private DeadLetters deadLetters;
    private final Map<String, JudgedStudy> studies = new TreeMap<>();
    private final Map<String, OnlineStudy> online = new TreeMap<>();
    private final Map<String, Long> recommended = new TreeMap<>();

    // Kafka Streams calls init before anything else.
    @SuppressWarnings("NullAway.Init")
    JudgeProcessor(OnlineStudies known, Standings standings, FeedbackMetrics tallies, String instance) {
        this.known = known;
        this.standings = standings;
        this.tallies = tallies;
        this.outputs = new Outputs(instance);
    }

    @Override
    public void init(ProcessorContext<String, Out> streams) {
        context = streams;
        states = streams.getStateStore(STATES);
        specStore = streams.getStateStore(SPECS);
        deadLetters = new DeadLetters(streams, tallies);
        letGo();
        try (KeyValueIterator<String, byte[]> all = states.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                restore(entry.key, JudgedStudy.JSON.decode(entry.value));
            }
        }
        streams.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    private void restore(String study, JudgedStudy kept) {
        try {
            OnlineStudy read = OnlineStudies.study(specs.decode(specStore.get(study)));
            if (read != null) {
                online.put(study, read);
                remember(study, kept);
            }
        } catch (UndecodableException e) {
            throw new IllegalStateException("the spec of " + study + " in the state store is damaged", e);
        }
    }

    @Override
    public void close() {
        letGo();
    }

    private void letGo() {
        studies.keySet().forEach(standings::remove);
        studies.clear();
        online.clear();
        recommended.clear();
    }

    @Override
    public void process(Record<String, byte[]> received) {
        String topic = context.recordMetadata().map(m -> m.topic()).orElse("");
        try {
            switch (topic) {
                case Topics.STUDIES -> study(received);
                case Topics.COMMANDS -> command(commands.decode(received.value()));
                case Topics.TRIALS -> trial(trials.decode(received.value()));
                case Topics.INCUMBENTS -> incumbent(received);
                case Topics.ARMS -> arms(received);
                default -> ripe(received.key(), RipenedExposures.JSON.decode(received.value()));
            }
        } catch (UndecodableException e) {
            deadLetters.send(received, String.valueOf(e.getMessage()));
        }
    }

    private void study(Record<String, byte[]> received) throws UndecodableException {
        if (received.value() == null) {
            forget(received.key());
        } else {
            StudySpec spec = specs.decode(received.value());
            if (spec.getOnline() != null && !studies.containsKey(spec.getStudy())) {
                begin(received, spec);
            }
        }
    }

    private void begin(@Nullable Record<String, byte[]> received, StudySpec spec) {
        OnlineStudy read = OnlineStudies.study(spec);
        if (read == null) {
            if (received != null) {
                deadLetters.send(received, "the study's online section is of a newer version; run that one");
            }
            return;
        }
        String name = spec.getStudy();
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Judge.Step step = Judge.begin(JudgingPlans.plan(spec, read.online()), now());
        online.put(name, read);
        specStore.put(name, specs.encode(spec));
        keep(name, new JudgedStudy(step.state(), HexFormat.of().formatHex(salt), List.of()), step.outputs());
        LOG.infof("%s begins", name);
    }

    /** Its arms stay as they are last: production goes on with the champion. */
    private void forget(String name) {
        if (has(name)) {
            drive(name, new Input.Order(now(), "feedback-service", Input.What.STOP));
            studies.remove(name);
            online.remove(name);
            recommended.remove(name);
            standings.remove(name);
            states.delete(name);
            specStore.delete(name);
            LOG.infof("%s is forgotten", name);
        }
    }

    /** Whether the study is judged here; one whose spec comes after what it is about begins now. */
    private boolean has(String study) {
        if (!studies.containsKey(study)) {
            known.study(study).ifPresent(read -> begin(null, read.spec()));
        }
        return studies.containsKey(study);
    }

    private void command(Command command) {
        Input.@Nullable What what = switch (command.getAction()) {
            case PAUSE -> Input.What.PAUSE;
            case RESUME -> Input.What.RESUME;
            case STOP -> Input.What.STOP;
            case REVERT -> Input.What.REVERT;
            case APPROVE -> Input.What.APPROVE;
            case REJECT -> Input.What.REJECT;
            case EXTEND, SUGGEST, CENTRE, REOPEN, UNKNOWN -> null;
        };
        String name = command.getStudy();
        if (what == null || !has(name) || study(name).orders().contains(command.getId())) {
            return;
        }
        remember(name, study(name).ordered(command.getId()));
        drive(name, new Input.Order(now(), command.getBy(), what));
    }

    private void trial(TrialEvent event) {
        String name = event.getStudy();
        if (!has(name)) {
            return;
        }
        if (event.getType() == TrialEventType.ASKED) {
            long deadline =
                    event.getAtMillis() + online(name).spec().getEvaluation().getTimeoutMillis();
            drive(name, new Input.Arrived(now(), event.getNumber(), event.getValues(), deadline));
        } else if (event.getType() == TrialEventType.EXTENDED || event.getType() == TrialEventType.REOPENED) {
            drive(name, new Input.Budgeted(now(), event.getBudget()));
        }
    }

    private void incumbent(Record<String, byte[]> received) throws UndecodableException {
        if (received.value() == null) {
            return;
        }
        Incumbent incumbent = incumbents.decode(received.value());
        String name = incumbent.getStudy();
        long number = incumbent.getNumber();
        if (number > 0 && has(name) && !Long.valueOf(number).equals(recommended.put(name, number))) {
            drive(name, new Input.Recommended(now(), number, incumbent.getValues()));
        }
    }

    private void arms(Record<String, byte[]> received) throws UndecodableException {
        boolean ours = received.headers().lastHeader(OURS) != null;
        if (ours || received.value() == null || !has(received.key())) {
            return;
        }
        Arms written = arms.decode(received.value());
        LOG.warnf("%s: arms were written by %s: %s", received.key(), written.getBy(), written.getReason());
        drive(received.key(), new Input.Overruled(now(), written.getBy(), written.getReason(), written.getRevision()));
        // What this service wrote meanwhile, not knowing of it, must not be what the topic ends with.
        JudgedStudy kept = study(received.key());
        Output.ArmsChanged taken = new Output.ArmsChanged(
                written.getBy(), written.getReason(), kept.state().serving());
        sendArms(received.key(), kept, taken);
    }

    private void ripe(String study, List<RipenedExposures> ripe) {
        if (has(study)) {
            ripe.forEach(
                    r -> step(study, new Input.Ripened(now(), r.arm(), r.number(), r.assignedAtMillis(), r.worth())));
            write(study);
        }
    }

    private void tick(long nowMillis) {
        for (String name : List.copyOf(studies.keySet())) {
            if (step(name, new Input.Tick(nowMillis))) {
                write(name);
            }
        }
    }

    private void drive(String name, Input input) {
        step(name, input);
        write(name);
    }

    /** Whether anything came of it. */
    private boolean step(String name, Input input) {
        JudgedStudy kept = study(name);
        Judge.Step step = Judge.step(kept.state(), input);
        JudgedStudy next = kept.with(step.state());
        remember(name, next);
        step.outputs().forEach(output -> say(name, next, output));
        return !step.outputs().isEmpty();
    }

    private void keep(String name, JudgedStudy study, List<Output> said) {
        remember(name, study);
        write(name);
        said.forEach(output -> say(name, study, output));
    }

    private void remember(String name, JudgedStudy study) {
        studies.put(name, study);
        standings.put(name, study.state());
    }

    private void write(String name) {
        states.put(name, JudgedStudy.JSON.encode(study(name)));
    }

    private void say(String name, JudgedStudy study, Output output) {
        if (output instanceof Output.Told told) {
            tallies.told();
            send(name, outputs.told(name, told, now()));
        } else if (output instanceof Output.Failed failed) {
            tallies.failed();
            LOG.infof("%s: candidate %d: %s", name, failed.number(), failed.reason());
            send(name, outputs.failed(name, failed, now()));
        } else if (output instanceof Output.ArmsChanged changed) {
            sendArms(name, study, changed);
        } else if (output instanceof Output.Audit audit) {
            tallies.armsChanged(audit.action().name());
            LOG.infof("%s: %s by %s: %s", name, audit.action(), audit.by(), audit.reason());
            send(name, outputs.audit(name, study.state(), audit, now()));
        } else if (output instanceof Output.Centre centre) {
            send(name, outputs.centre(name, UUID.randomUUID().toString(), centre, now()));
        } else if (output instanceof Output.Reopen reopen) {
            send(name, outputs.reopen(name, UUID.randomUUID().toString(), reopen, now()));
        } else if (output instanceof Output.Alarm alarm) {
            tallies.alarm();
            LOG.errorf("%s: %s", name, alarm.reason());
        }
    }

    private void sendArms(String name, JudgedStudy study, Output.ArmsChanged changed) {
        Headers headers = new RecordHeaders().add(OURS, changed.by().getBytes(StandardCharsets.UTF_8));
        Out out = outputs.arms(name, online(name).online(), study, changed, now());
        context.forward(new Record<>(name, out, now(), headers));
    }

    private void send(String name, Out out) {
        context.forward(new Record<>(name, out, now()));
    }

    private JudgedStudy study(String name) {
        JudgedStudy study = studies.get(name);
        if (study == null) {
            throw new IllegalStateException(name + " is not judged here");
        }
        return study;
    }

    private OnlineStudy online(String name) {
        OnlineStudy study = online.get(name);
        if (study == null) {
            throw new IllegalStateException(name + " is not judged here");
        }
        return study;
    }

    private long now() {
        return context.currentSystemTimeMs();
    }
}
