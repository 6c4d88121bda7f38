package io.afterlearner.benchmarks.quality;

import java.util.OptionalDouble;

/** Cells that are judged together, with the optimizer to compare with and the targets; a cell may be in several sets. */
public enum QualitySet {
    NOISE_FREE("noiseFree", true, 0.95, 0.3) {
        @Override
        boolean holds(Cell cell) {
            return cell.plain();
        }
    },
    NOISY("noisy", false, 8 / 12.0, Double.NaN) {
        @Override
        boolean holds(Cell cell) {
            return cell.noisy();
        }
    },
    DISCRETE("discrete", false, 0.75, Double.NaN) {
        @Override
        boolean holds(Cell cell) {
            return cell.discrete();
        }
    },
    SEVERAL_WORKERS("severalWorkers", false, 0.8, Double.NaN) {
        @Override
        boolean holds(Cell cell) {
            return cell.workers() > 1;
        }
    },
    /** No single optimizer is best in every cell: the best one is known only afterwards. */
    VIRTUAL_BEST("virtualBest", false, Double.NaN, 1.5) {
        @Override
        boolean holds(Cell cell) {
            return cell.plain();
        }
    },
    ALL("all", false, Double.NaN, 1.5) {
        @Override
        boolean holds(Cell cell) {
            return true;
        }
    };

    private final String label;
    private final boolean againstNgopt;
    private final double targetShare;
    private final double targetRatio;

    QualitySet(String label, boolean againstNgopt, double targetShare, double targetRatio) {
        this.label = label;
        this.againstNgopt = againstNgopt;
        this.targetShare = targetShare;
        this.targetRatio = targetRatio;
    }

    abstract boolean holds(Cell cell);

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
