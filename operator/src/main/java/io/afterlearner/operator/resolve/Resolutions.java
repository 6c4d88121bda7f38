package io.afterlearner.operator.resolve;

import io.afterlearner.operator.resource.Study;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputError;
import io.afterlearner.study.InputException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Resolves Studies one after the other, beside the threads that watch them, because a model may take minutes to fetch. A Study that is
 * refused is tried again, ever more rarely: its model may be uploaded later.
 */
public final class Resolutions {
    private static final Logger LOG = Logger.getLogger(Resolutions.class);
    private static final Duration MIN_RETRY = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 6;

    private final Function<Study, StudySpec> reader;
    private final ScheduledExecutorService executor;
    private final Consumer<Study> done;
    private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

    /** The resolution of one generation of a Study, in one of its states. */
    private static final class Attempt {
        final long generation;
        volatile Resolution result = new Resolution.Running();

        Attempt(long generation) {
            this.generation = generation;
        }
    }

    /**
     * @param executor with one thread, so that one model at a time is in memory
     * @param done is told when a Study is resolved or refused
     */
    public Resolutions(Function<Study, StudySpec> reader, ScheduledExecutorService executor, Consumer<Study> done) {
        this.reader = reader;
        this.executor = executor;
        this.done = done;
    }

    /** The result for the current spec; begins to resolve it if that has not begun. */
    public Resolution of(Study study) {
        long generation = study.getMetadata().getGeneration();
        Attempt next = new Attempt(generation);
        Attempt attempt = attempts.compute(
                uid(study), (uid, known) -> known != null && known.generation == generation ? known : next);
        if (attempt == next) {
            submit(study, next, 0, Duration.ZERO);
        }
        return attempt.result;
    }

    /** Forgets a Study that is deleted, or that the optimizer has. */
    public void forget(Study study) {
        attempts.remove(uid(study));
    }

    private void submit(Study study, Attempt attempt, int number, Duration delay) {
        var unused = executor.schedule(() -> run(study, attempt, number), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(Study study, Attempt attempt, int number) {
        if (attempts.get(uid(study)) != attempt) {
            return;
        }
        Resolution before = attempt.result;
        Resolution result = resolve(study);
        attempt.result = result;
        if (result instanceof Resolution.Refused) {
            submit(study, attempt, number + 1, MIN_RETRY.multipliedBy(1L << Math.min(number, MAX_DOUBLINGS)));
        }
        if (!result.equals(before)) {
            done.accept(study);
        }
    }

    private Resolution resolve(Study study) {
        try {
            return new Resolution.Resolved(reader.apply(study));
        } catch (InputException e) {
            return new Resolution.Refused(text(e.error()));
        } catch (OutOfMemoryError e) {
            LOG.errorf("study %s does not fit into the operator's heap: %s", study.label(), e.getMessage());
            return new Resolution.Refused(
                    "spec.model: needs more memory than the operator has; raise its memory limit");
        } catch (RuntimeException e) {
            LOG.errorf(e, "study %s cannot be resolved", study.label());
            return new Resolution.Refused("the operator failed to read the spec: " + InputException.reason(e)
                    + "; see its log, and report it");
        }
    }

    private static String text(InputError error) {
        String field = error.field().isEmpty() ? "spec" : "spec." + error.field();
        return new InputError("", 0, field, error.problem(), error.fix()).toString();
    }

    private static String uid(Study study) {
        return study.getMetadata().getUid();
    }
}
