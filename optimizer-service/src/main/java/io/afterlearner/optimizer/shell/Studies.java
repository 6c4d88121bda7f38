package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Bookkeeping;
import io.afterlearner.optimizer.core.Deadlines;
import io.afterlearner.optimizer.core.Decider;
import io.afterlearner.optimizer.core.Decision;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Input;
import io.afterlearner.optimizer.core.RunPlan;
import io.afterlearner.optimizer.core.StudyState;
import io.afterlearner.schemas.StudySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The studies of one task. Every change of a study is appended to its log and sent, in one transaction. */
final class Studies {
    private static final Logger LOG = Logger.getLogger(Studies.class);

    private final StudyLog log;
    private final LoopOutputs outputs;
    private final LoopMetrics metrics;
    private final Recovery recovery;
    private final Map<String, Study> studies;
    private final Deadlines deadlines = new Deadlines();
    private long resumedMillis = Long.MIN_VALUE / 2;

    /** Recovers the studies in the log. */
    Studies(StudyLog log, LoopOutputs outputs, LoopMetrics metrics) {
        this.log = log;
        this.outputs = outputs;
        this.metrics = metrics;
        this.recovery = new Recovery(log);
        this.studies = recovery.all();
        studies.values().forEach(study -> {
            study.count(metrics);
            expectDeadline(study);
        });
    }

    @Nullable
    Study get(String name) {
        return studies.get(name);
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

    /** @throws IllegalArgumentException if too many studies are active; one line */
    void begin(StudySpec spec, RunPlan plan, long nowMillis) {
        long active = studies.values().stream()
                .filter(s -> !s.state().status().hasEnded())
                .count();
        if (active >= OptimizerTopology.MAX_ACTIVE_STUDIES) {
            throw new IllegalArgumentException(
                    active + " studies are active on this partition; wait until some have ended, or stop one");
        }
        Study study = new Study(spec, plan);
        List<Event> events = new ArrayList<>();
        Decider.begin(study.state(), nowMillis, events::add);
        studies.put(study.name(), study);
        log.write(spec);
        keep(study, events);
        LOG.infof(
                "%s begins: budget %d, %s",
                study.name(), plan.budget(), plan.choice().why());
    }

    /** Deletes a study that has ended. A study that has not ended stays, and its spec is written again. */
    void delete(String name) {
        Study study = studies.get(name);
        if (study == null) {
            return;
        }
        if (!study.state().status().hasEnded()) {
            outputs.spec(study.spec());
            return;
        }
        studies.remove(name);
        study.uncount(metrics);
        log.forget(name);
        outputs.noIncumbent(name);
        LOG.infof("%s is deleted", name);
    }

    /** Decides an input and keeps everything that follows. An input that breaks the study is refused. */
    Decision drive(Study study, Input input) {
        List<Event> events = new ArrayList<>(2);
        Bookkeeping before = study.state().bookkeeping();
        Decision decision;
        try {
            decision = Decider.drive(study.state(), input, events::add);
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.errorf(e, "%s cannot process %s", study.name(), input);
            recover(study);
            return new Decision.Refused("the study could not process it: " + e.getMessage());
        }
        if (decision instanceof Decision.Ignored ignored) {
            metrics.ignored(ignored.kind());
        }
        if (!study.state().bookkeeping().equals(before)) {
            log.write(study.name(), study.state().bookkeeping());
        }
        keep(study, events);
        return decision;
    }

    /** The state in memory may be half changed, and nothing of the change is in the log. */
    private void recover(Study broken) {
        broken.uncount(metrics);
        studies.remove(broken.name());
        Study again = recovery.one(broken.name());
        if (again != null) {
            studies.put(again.name(), again);
            again.count(metrics);
        }
    }

    /** Appends the events to the log, and sends them and the candidates among them. */
    private void keep(Study study, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        long first = study.state().sequence() + 1 - events.size();
        List<byte[]> encoded = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            encoded.add(outputs.trial(study, first + i, event));
            if (event instanceof Event.Asked asked) {
                outputs.candidate(study, asked);
            }
            metrics.happened(event);
        }
        log.append(study.name(), first, encoded);
        study.count(metrics);
        expectDeadline(study);
        if (study.hasNews()) {
            outputs.incumbent(study);
        }
        if (study.needsVerdict()) {
            outputs.verdictRequest(study);
        }
    }

    private void expectDeadline(Study study) {
        deadlines.expect(study.name(), study.state().deadlineMillis());
    }

    void publishProgress() {
        studies.values().stream().filter(Study::hasProgress).forEach(outputs::incumbent);
    }

    /** While the service was down, no evaluator could answer: no candidate expires before its timeout has passed from now. */
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
        studies.values().forEach(study -> study.uncount(metrics));
        studies.clear();
    }
}
