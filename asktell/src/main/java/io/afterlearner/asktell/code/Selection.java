package io.afterlearner.asktell.code;

import io.afterlearner.asktell.Optimizer;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Selects the best of each batch. The result does not reveal the order among them, so only the set is learned. */
public final class Selection {

    private final RankCode code = new RankCode();
    private double learnedNats;

    /** The up to {@code most} lowest losses, in the order of arrival; the first of equals, none that failed. */
    public <T> List<T> best(List<T> batch, int most, ToDoubleFunction<T> loss) {
        List<T> selected = IntStream.range(0, batch.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> loss.applyAsDouble(batch.get(i))))
                .limit(most)
                .filter(i -> loss.applyAsDouble(batch.get(i)) < Double.POSITIVE_INFINITY)
                .sorted()
                .<T>map(batch::get)
                .toList();
        learnedNats += code.subsetNats(batch.size(), selected.size(), most);
        return selected;
    }

    /** Like {@link Optimizer#learnedNats}, if points depend on losses only through the selection. */
    public double learnedNats() {
        return learnedNats;
    }
}
