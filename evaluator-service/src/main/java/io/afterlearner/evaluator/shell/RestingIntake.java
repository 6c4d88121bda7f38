package io.afterlearner.evaluator.shell;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes records, except during a {@link Rest}. It then leaves the group, so that other evaluators get all records. */
final class RestingIntake implements Slot.Intake {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Supplier<Slot.Intake> opener;
    private final Rest rest;
    private Slot.@Nullable Intake open;

    RestingIntake(Supplier<Slot.Intake> opener, Rest rest) {
        this.opener = opener;
        this.rest = rest;
    }

    @Override
    public void step(Slot slot) throws InterruptedException {
        if (!rest.isOver()) {
            close();
            Thread.sleep(LOOK_EVERY.toMillis());
            return;
        }
        Slot.Intake taking = open;
        if (taking == null) {
            taking = opener.get();
            open = taking;
        }
        taking.step(slot);
    }

    @Override
    public void close() {
        if (open != null) {
            Slot.Intake closing = open;
            open = null;
            closing.close();
        }
    }
}
