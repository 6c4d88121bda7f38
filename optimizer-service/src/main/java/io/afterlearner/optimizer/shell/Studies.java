package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Bookkeeping;
import io.afterlearner.optimizer.core.Deadlines;
import io.afterlearner.optimizer.core.Decider;
import io.afterlearner.optimizer.core.Decision;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Input;
import io.afterlearner.optimizer.core.RunPlan;
import io.afterlearner.optimizer.core.StudyMemory;
import io.afterlearner.optimizer.core.StudyState;
import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.afterlearner.optimizer.shell.metrics.MeteredStudy;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The studies of one task. Every change of a study is appended to its log and sent, in one transaction. */
final class Studies {
    private final StudyLog log;
    private final LoopOutputs outputs;
    private final LoopTrace trace;
    private final LoopMetrics metrics;
    private final HeapBudget heap;
    private final Recovery recovery;
    private final Map<String, Study> studies;
    private final Map<String, SetAside> aside;
    private final Deadlines deadlines = new Deadlines();
    private long resumedMillis = Long.MIN_VALUE / 2;

    /** Recovers the studies in the log. */
    Studies(StudyLog log, LoopOutputs outputs, LoopTrace trace, LoopMetrics metrics, HeapBudget heap) {
        this.log = log;
        this.outputs = outputs;
        this.trace = trace;
        this.metrics = metrics;
        this.heap = heap;
        this.recovery = new Recovery(log, heap);
        Recovery.Recovered recovered = recovery.all();
        this.studies = recovered.studies();
        this.aside = recovered.aside();
        aside.forEach(LoopLog::setAside);
        metrics.setAside(aside.size());
        studies.values().forEach(study -> {
            takeExtension(study);
            study.metered(metrics).show(study.state());
            expectDeadline(study);
        });
    }

    @Nullable
    Study get(String name) {
        return studies.get(name);
    }

    /** The spec of a study, whether it can run here or not; null if there is none. */
    @Nullable
    StudySpec spec(String name) {
        Study study = studies.get(name);
        SetAside other = aside.get(name);
        return study != null ? study.spec() : other != null ? other.spec() : null;
    }

    /** A study that cannot run here; null if the study can, or does not exist. */
    @Nullable
    SetAside setAside(String name) {
        return aside.get(name);
    }

    /** Stops a study that cannot run here. */
    void stop(SetAside study, String by, String why, long nowMillis) {
        TrialEvent event = study.stop(by, why, nowMillis);
        log.append(study.spec().getStudy(), event.getSequence(), List.of(outputs.trial(event, new RecordHeaders())));
    }

    /** Time of the latest event of a study that has not ended; 0 if there is none. */
    long latestMillis() {
        return studies.values().stream()
                .map(Study::state)
                .filter(state -> !state.status().hasEnded())
                .mapToLong(StudyState::atMillis)
                .max()
                .orElse(0);
    }

    /** @throws IllegalArgumentException if the study is refused, or too many are active; one line */
    void begin(StudySpec spec, @Nullable String by, long nowMillis) {
        long active = studies.values().stream()
                .filter(s -> !s.state().status().hasEnded())
                .count();
        if (active >= OptimizerTopology.MAX_ACTIVE_STUDIES) {
            throw new IllegalArgumentException(
                    active + " studies are active on this partition; wait until some have ended, or stop one");
        }
        StudyMemory memory = Specs.memory(spec);
        String refusal = heap.take(memory);
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        try {
            RunPlan plan = Specs.plan(spec);
            begin(new Study(spec, plan, memory), by, nowMillis);
            LoopLog.begins(spec.getStudy(), plan);
        } catch (IllegalArgumentException e) {
            heap.giveBack(memory.bytes());
            throw e;
        }
    }

    private void begin(Study study, @Nullable String by, long nowMillis) {
        List<Event> events = new ArrayList<>();
        Decider.begin(study.state(), by, nowMillis, events::add);
        studies.put(study.name(), study);
        log.write(study.spec());
        keep(study, events);
    }

    /** What its budget grew by after it began. */
    private void takeExtension(Study study) {
        long extendedBytes =
                Math.max(0, study.missingBytes(study.state().standing().budget()));
        heap.takeAnyway(extendedBytes);
        study.took(extendedBytes);
    }

    /** Deletes a study that has ended. A study that has not ended stays, and its spec is written again. */
    void delete(String name) {
        SetAside other = aside.remove(name);
        if (other != null) {
            metrics.setAside(-1);
            forget(name);
            return;
        }
        Study study = studies.get(name);
        if (study == null) {
            return;
        }
        if (!study.state().status().hasEnded()) {
            outputs.spec(study.spec());
            return;
        }
        studies.remove(name);
        heap.giveBack(study.memoryBytes());
        study.metered(metrics).gone();
        forget(name);
    }

    private void forget(String name) {
        log.forget(name);
        outputs.noIncumbent(name);
        LoopLog.deleted(name);
    }

    /** Decides an input and keeps everything that follows. An input that breaks the study is refused. */
    Decision drive(Study study, Input input) {
        String refusal = input instanceof Input.Order order ? refusal(study, order) : null;
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        List<Event> events = new ArrayList<>(2);
        Bookkeeping before = study.state().bookkeeping();
        Decision decision;
        try {
            decision = Decider.drive(study.state(), input, events::add);
        } catch (RuntimeException | StackOverflowError e) {
            LoopLog.broken(study.name(), input, e);
            recover(study);
            return new Decision.Refused("the study could not process it: " + e.getMessage());
        }
        if (decision instanceof Decision.Ignored ignored) {
            study.metered(metrics).ignored(ignored.kind());
            trace.ignored(ignored.kind());
        }
        if (!study.state().bookkeeping().equals(before)) {
            log.write(study.name(), study.state().bookkeeping());
        }
        keep(study, events);
        return decision;
    }

    /** Takes memory before a budget grows. STOP is never refused for lack of memory. */
    private @Nullable String refusal(Study study, Input.Order order) {
        return switch (order.action()) {
            case STOP -> null;
            case EXTEND -> grown(study, order, order.budget());
            case REOPEN -> grown(study, order, study.state().reopenedBudget());
            case PAUSE, RESUME, SUGGEST, CENTRE ->
                study.isLogFull()
                        ? "the study's log is as long as its memory allows; STOP the study, or extend its budget"
                        : null;
        };
    }

    private @Nullable String grown(Study study, Input.Order order, long budget) {
        long missingBytes = study.missingBytes(budget);
        if (missingBytes <= 0 || !(Decider.decide(study.state(), order) instanceof Decision.Happened)) {
            return null;
        }
        if (!heap.take(missingBytes)) {
            return "a budget of " + budget + " would take " + StudyMemory.size(missingBytes)
                    + " more of the optimizer's memory than is left; give a smaller one, or delete studies that have"
                    + " ended";
        }
        study.took(missingBytes);
        return null;
    }

    /** The state in memory may be half changed, and nothing of the change is in the log. */
    private void recover(Study broken) {
        broken.metered(metrics).gone();
        studies.remove(broken.name());
        heap.giveBack(broken.memoryBytes());
        Recovery.Recovered again = recovery.one(broken.name());
        aside.putAll(again.aside());
        metrics.setAside(again.aside().size());
        again.studies().forEach((name, study) -> {
            studies.put(name, study);
            takeExtension(study);
            study.metered(metrics).show(study.state());
        });
    }

    /** Appends the events to the log, and sends them and the candidates among them. */
    private void keep(Study study, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        long first = study.state().sequence() + 1 - events.size();
        MeteredStudy metered = study.metered(metrics);
        metered.show(study.state());
        List<byte[]> encoded = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            Headers headers = trace.happened(study, event);
            encoded.add(outputs.trial(study, first + i, event, headers));
            study.logged(encoded.get(i).length);
            if (event instanceof Event.Asked asked) {
                outputs.candidate(study, asked, headers);
            }
            metered.happened(event);
        }
        log.append(study.name(), first, encoded);
        expectDeadline(study);
        Headers news = study.hasNews() ? outputs.incumbent(study) : new RecordHeaders();
        if (study.needsVerdict()) {
            outputs.verdictRequest(study, news);
        }
    }

    private void expectDeadline(Study study) {
        deadlines.expect(study.name(), study.state().deadlineMillis());
    }

    void publishProgress() {
        studies.values().stream().filter(Study::hasProgress).forEach(outputs::incumbent);
        aside.values().stream().filter(SetAside::hasNews).forEach(outputs::incumbent);
    }

    /** Gives each candidate its whole timeout again, because nobody could receive answers while the service was down. */
    void resumeAt(long nowMillis) {
        resumedMillis = nowMillis;
    }

    /** Expires the candidates whose deadline has passed. */
    void expire(long nowMillis) {
        for (String name : deadlines.due(nowMillis)) {
            Study study = studies.get(name);
            if (study != null) {
                long patient = resumedMillis + study.state().plan().timeoutMillis();
                if (nowMillis < patient) {
                    deadlines.expect(name, patient);
                } else {
                    drive(study, new Input.Tick(nowMillis));
                    expectDeadline(study);
                }
            }
        }
    }

    /** The task is gone: counts none of its studies any longer. */
    void close() {
        studies.values().forEach(study -> {
            study.metered(metrics).gone();
            heap.giveBack(study.memoryBytes());
        });
        studies.clear();
        metrics.setAside(-aside.size());
        aside.clear();
    }
}
