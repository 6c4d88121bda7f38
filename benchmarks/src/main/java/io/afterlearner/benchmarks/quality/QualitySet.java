package io.afterlearner.benchmarks.quality;

import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Cells that are judged together, with the optimizer to compare with and the targets; a cell may be in several sets. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
public enum QualitySet {
    NOISE_FREE("noiseFree", true, 0.95, 0.3, Cell::plain),
    NOISY("noisy", false, 8 / 12.0, Double.NaN, Cell::noisy),
    DISCRETE("discrete", false, 0.75, Double.NaN, Cell::discrete),
    SEVERAL_WORKERS("severalWorkers", false, 0.8, Double.NaN, cell -> cell.workers() > 1),
    /** No single optimizer is best in every cell: the best one is known only afterwards. */
    VIRTUAL_BEST("virtualBest", false, Double.NaN, 1.5, Cell::plain),
    ALL("all", false, Double.NaN, 1.5, cell -> true);

    private final String label;
    private final boolean againstNgopt;
    private final double targetShare;
    private final double targetRatio;
    private final Predicate<Cell> cells;

    QualitySet(String label, boolean againstNgopt, double targetShare, double targetRatio, Predicate<Cell> cells) {
        this.label = label;
        this.againstNgopt = againstNgopt;
        this.targetShare = targetShare;
        this.targetRatio = targetRatio;
        this.cells = cells;
    }

    boolean holds(Cell cell) {
        return cells.test(cell);
    }

    /** The name as {@code bench} prints it. */
    public String label() {
        return label;
    }

    /** The optimizer to compare with: {@code NGOpt}, or {@code best} of all measured in the cell. */
    public String against() {
        return againstNgopt ? "NGOpt" : "best";
    }

    /** Target for the least share of cells to be better or tied in; NaN if there is no target. */
    public double targetShare() {
        return targetShare;
    }

    /** Target for the greatest geometric mean ratio; NaN if there is no target. */
    public double targetRatio() {
        return targetRatio;
    }

    OptionalDouble theirs(QualityRow row) {
        return againstNgopt ? row.ngopt() : OptionalDouble.of(row.best());
    }
}
