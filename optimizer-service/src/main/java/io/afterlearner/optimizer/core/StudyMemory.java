package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Upper bound of the memory of a study, computed from its figures before it begins. The log and the search stay in memory as long
 * as the study exists.
 *
 * @param evaluations the budget
 * @param logBytes all events of the whole budget
 * @param outstandingBytes candidates that are asked and not told, and what asking as many at once takes
 * @param searchBytes the algorithm, all runs
 * @param specBytes the spec, the space and trials of earlier studies
 */
public record StudyMemory(
        long evaluations,
        long parameters,
        int parallelism,
        long logBytes,
        long outstandingBytes,
        long searchBytes,
        long specBytes) {
    /** An evaluation's two events, a claim, and their place in the log, apart from values and the study's name. */
    private static final long EVENT_BYTES = 400;
    /** Each event names the study, and so does its key. */
    private static final long NAMES_PER_EVALUATION = 5;
    /** An outstanding candidate is kept for its deadline and for the algorithm; while it is asked, also as an event and a record. */
    private static final long COPIES_OUTSTANDING = 4;

    private static final long BYTES_PER_PARAMETER = 300;
    /** A value in a list of objects. */
    private static final long BOXED_BYTES = 32;

    private static final long BYTES_PER_STUDY = 64 << 10;

    /**
     * @param nameCharacters length of the study's name
     * @param priors number of trials of earlier studies
     * @throws IllegalArgumentException if the algorithm is unknown
     */
    public static StudyMemory of(Problem problem, String algorithm, int nameCharacters, int priors) {
        long parameters = problem.space().dimension();
        long values = parameters * Double.BYTES;
        return new StudyMemory(
                problem.budget(),
                parameters,
                problem.parallelism(),
                problem.budget() * (values + EVENT_BYTES + NAMES_PER_EVALUATION * nameCharacters),
                problem.parallelism() * (values + EVENT_BYTES) * COPIES_OUTSTANDING,
                Optimizers.bytes(algorithm, problem),
                BYTES_PER_STUDY + parameters * BYTES_PER_PARAMETER + priors * parameters * BOXED_BYTES);
    }

    /** What the log takes for each evaluation. */
    public long bytesPerEvaluation() {
        return logBytes / evaluations;
    }

    public long bytes() {
        // Each term fits, but their sum may not.
        double sum = (double) logBytes + (double) outstandingBytes + (double) searchBytes + (double) specBytes;
        return (long) sum;
    }

    /** Why a study is refused if all studies together may take this much memory; null if it fits. */
    public @Nullable String refusal(long limitBytes) {
        return bytes() <= limitBytes
                ? null
                : "the study would take up to " + size(bytes()) + " of the optimizer's memory, which has "
                        + size(limitBytes) + " for all studies: " + size(logBytes) + " for the log of " + evaluations
                        + " candidates with " + parameters + " parameters, " + size(outstandingBytes) + " for "
                        + parallelism + " candidates outstanding, " + size(searchBytes) + " for the algorithm, "
                        + size(specBytes) + " for the spec; " + remedy(limitBytes)
                        + "use fewer parameters, or give the optimizer a larger heap (-Xmx)";
    }

    /** How to lower the largest term; empty if that is not enough. */
    private String remedy(long limitBytes) {
        if (logBytes >= Math.max(outstandingBytes, searchBytes)) {
            long left = limitBytes - (bytes() - logBytes);
            long most = Math.max(0, left) / Math.max(1, bytesPerEvaluation());
            return most > 0 ? "lower optimizer.budget to at most " + most + ", " : "";
        }
        return outstandingBytes >= searchBytes
                ? "lower optimizer.parallelism, "
                : "lower optimizer.runs and optimizer.parallelism, or choose an optimizer.type without a matrix, ";
    }

    /** For example {@code 12 MiB}. */
    public static String size(long bytes) {
        return bytes >= 10L << 20
                ? (bytes >> 20) + " MiB"
                : bytes >= 10 << 10 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }
}
