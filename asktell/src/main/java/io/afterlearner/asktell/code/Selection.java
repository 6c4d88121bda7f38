package io.afterlearner.asktell.code;

import io.afterlearner.asktell.Optimizer;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Selects the best of each batch; nothing shows which of them is better than which, so that only the set is learned. */
public final class Selection {

    private final RankCode code = new RankCode();
    private double learnedNats;

    /** In the order they come, at most so many with the lowest losses, of equals the first; none that failed. */
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

    /** As {@link Optimizer#learnedNats}, where points depend on losses by nothing but what was selected. */
    public double learnedNats() {
        return learnedNats;
    }
}
