package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.scoring.Stamp;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.ScoredVerdict;
import io.afterlearner.schemas.SplitLoss;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictOutcome;
import io.afterlearner.schemas.VerdictReason;
import io.afterlearner.schemas.VerdictRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes this long, or until it is aborted or finished; the loss is the first value. Every verdict is {@code kept}. */
final class SlowScoring implements StatelessScoring {
    final AtomicInteger begun = new AtomicInteger();
    final CountDownLatch first = new CountDownLatch(1);
    private final CompletableFuture<Boolean> finished = new CompletableFuture<>();
    /** When it is completed, models are open. */
    CompletableFuture<Boolean> opening = CompletableFuture.completedFuture(true);

    private final long millis;
    private final long verdictMillis;
    private final Stamp stamp = new Stamp("slow", "0", "CPU");

    SlowScoring(long millis) {
        this(millis, millis);
    }

    SlowScoring(long millis, long verdictMillis) {
        this.millis = millis;
        this.verdictMillis = verdictMillis;
    }

    /** Ends every evaluation now. */
    void finish() {
        finished.complete(true);
    }

    @Override
    public Fitness score(StudySpec spec, Candidate candidate, Duration atMost, Runnable open, Abort abort) {
        first.countDown();
        opening.join();
        open.run();
        await(abort, millis);
        return stamp.measured(candidate, spec, candidate.getValues().get(0), 0, 1, 1);
    }

    private void await(Abort abort, long atMost) {
        begun.incrementAndGet();
        first.countDown();
        CompletableFuture<Boolean> aborted = new CompletableFuture<>();
        abort.whenAborted(() -> aborted.complete(true));
        CompletableFuture.anyOf(aborted, finished)
                .completeOnTimeout(true, atMost, TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public VerdictAnswer verdict(StudySpec spec, VerdictRequest request, Abort abort) {
        await(abort, verdictMillis);
        SplitLoss loss = new SplitLoss(request.getValues().get(0), null, null);
        ScoredVerdict verdict = new ScoredVerdict(
                VerdictOutcome.KEPT, VerdictReason.NOTHING_BETTER_FOUND, null, null, null, 0.0, 1L, loss, loss);
        return stamp.answer(request, spec, verdict, 1, 1);
    }
}
