package io.afterlearner.asktell.catalogue;

import io.afterlearner.asktell.Interactive;
import io.afterlearner.asktell.MultiObjective;
import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.OptimizerProvider;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Optimizers.Choice;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.ledger.Ledger;
import io.afterlearner.asktell.ledger.ParallelRuns;
import io.afterlearner.asktell.ledger.Penalized;
import io.afterlearner.asktell.pareto.MultiObjectiveSearch;
import io.afterlearner.asktell.preference.PreferenceSearch;
import io.afterlearner.asktell.search.Algorithm;
import io.afterlearner.asktell.search.Run;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes every optimizer of the library. */
public final class CatalogueProvider implements OptimizerProvider {

    @Override
    public List<String> names() {
        return Stream.concat(Stream.of(Optimizers.AUTO), Catalogue.ALL.stream().map(Catalogue::title))
                .toList();
    }

    @Override
    public Choice choose(String name, Problem problem) {
        return name.equals(Optimizers.AUTO) ? Auto.choose(problem) : OptimizerProvider.super.choose(name, problem);
    }

    @Override
    public long bytes(String name, Problem problem) {
        return Memory.bytes(choose(name, problem).name(), problem);
    }

    @Override
    public Optimizer create(String name, Problem problem) {
        Choice choice = choose(name, problem);
        Catalogue chosen = Catalogue.of(choice.name());
        Supplier<Algorithm> fresh = () -> search(chosen, problem);
        return new Ledger(problem, choice, problem.constraints() == 0 ? fresh.get() : new Penalized(problem, fresh));
    }

    private static Algorithm search(Catalogue chosen, Problem problem) {
        List<Algorithm> runs = IntStream.range(0, problem.runs())
                .mapToObj(index -> chosen.fresh().apply(new Run(problem, index)))
                .toList();
        return runs.size() == 1 ? runs.get(0) : new ParallelRuns(runs);
    }

    @Override
    public MultiObjective multiObjective(Problem problem, int objectives) {
        return new MultiObjectiveSearch(problem, objectives);
    }

    @Override
    public Interactive interactive(Problem problem) {
        return new PreferenceSearch(problem);
    }
}
