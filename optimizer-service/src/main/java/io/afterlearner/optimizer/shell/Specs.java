package io.afterlearner.optimizer.shell;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.optimizer.core.Limits;
import io.afterlearner.optimizer.core.Plan;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import java.util.ArrayList;
import java.util.List;

/** What a spec means to the optimizer. */
public final class Specs {

    private Specs() {}

    /**
     * The plan of a spec, checked.
     *
     * @throws IllegalArgumentException if the study is refused; one line: which field, why, and the mend
     */
    public static Plan plan(StudySpec spec) {
        Topics.candidates(spec.getEvaluation().getPool());
        OnlineRules.check(spec);
        Plan plan = new Plan(
                spec.getStudy(),
                problem(spec),
                spec.getOptimizer().getType(),
                spec.getPriors().stream().map(Specs::prior).toList(),
                spec.getOnline() == null ? Double.NaN : spec.getOnline().getTrustRegion(),
                spec.getEvaluation().getTimeoutMillis(),
                spec.getEvaluation().getPool());
        String refusal = Limits.refusal(plan);
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        return plan;
    }

    private static Problem problem(StudySpec spec) {
        Space space = space(spec.getAleph());
        OptimizerSpec wanted = spec.getOptimizer();
        String refusal =
                Limits.overLimit(wanted.getBudget(), wanted.getParallelism(), wanted.getRuns(), space.dimension());
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        // What users report is noisy, whatever the spec says of it.
        Problem.Noise noise = spec.getOnline() == null
                ? Problem.Noise.valueOf(wanted.getNoise().name())
                : Problem.Noise.SOME;
        return Problem.of(space, wanted.getBudget(), wanted.getParallelism(), wanted.getSeed())
                .withRuns(wanted.getRuns())
                .withNoise(noise);
    }

    private static Plan.Prior prior(Prior prior) {
        return new Plan.Prior(Events.array(prior.getValues()), prior.getLoss(), prior.getStandardError());
    }

    private static Space space(List<AlephGroup> groups) {
        long size = groups.stream().mapToLong(g -> g.getInitial().size()).sum();
        if (size < 1 || size > Limits.MOST_PARAMETERS) {
            throw new IllegalArgumentException(
                    "aleph has " + size + " parameters: give 1 to " + Limits.MOST_PARAMETERS);
        }
        List<Parameter> parameters = new ArrayList<>((int) size);
        for (AlephGroup group : groups) {
            long elements = elements(group);
            if (elements != group.getInitial().size()) {
                throw new IllegalArgumentException("aleph " + group.getTensor() + ": initial has "
                        + group.getInitial().size() + " values where its shape has " + elements
                        + ": give one an element");
            }
            for (int i = 0; i < elements; i++) {
                parameters.add(
                        parameter(group, name(group, i), group.getInitial().get(i)));
            }
        }
        return new Space(parameters);
    }

    private static long elements(AlephGroup group) {
        long elements = 1;
        for (int length : group.getShape()) {
            if (length < 1 || elements > Limits.MOST_PARAMETERS) {
                throw new IllegalArgumentException("aleph " + group.getTensor() + ": shape is " + group.getShape()
                        + ": give lengths of at least 1, and at most " + Limits.MOST_PARAMETERS + " elements");
            }
            elements *= length;
        }
        return elements;
    }

    private static Parameter parameter(AlephGroup group, String name, double initial) {
        if (group.getKind() == Kind.ORDERED || group.getKind() == Kind.UNORDERED) {
            return new Parameter.Choice(name, group.getChoices().size(), group.getKind() == Kind.ORDERED, initial);
        }
        double unbounded = group.getLog() ? Double.MIN_NORMAL : Double.NEGATIVE_INFINITY;
        double low = group.getLow() == null ? unbounded : group.getLow();
        double high = group.getHigh() == null ? Double.POSITIVE_INFINITY : group.getHigh();
        double step = group.getStep() == null ? Double.NaN : group.getStep();
        return group.getKind() == Kind.INTEGER
                ? new Parameter.Int(name, low, high, group.getLog(), initial, step)
                : new Parameter.Real(name, low, high, group.getLog(), initial, step);
    }

    /** Such as {@code fc.weight[3,5]}; a slice keeps two groups of one tensor apart. */
    private static String name(AlephGroup group, int element) {
        StringBuilder index = new StringBuilder();
        int rest = element;
        for (int axis = group.getShape().size() - 1; axis >= 0; axis--) {
            int length = group.getShape().get(axis);
            index.insert(0, (axis == 0 ? "" : ",") + rest % length);
            rest /= length;
        }
        String tensor = group.getSlice() == null ? group.getTensor() : group.getTensor() + "[" + group.getSlice() + "]";
        return index.isEmpty() ? tensor : tensor + "[" + index + "]";
    }
}
