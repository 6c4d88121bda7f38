package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.judge.DuelPlanner.Effort;
import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.Promotion;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.HoldText;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.QueryRules;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The judge's reasons as text, for records and logs of one study. */
final class ReasonText {
    private static final String NO_REASON = "candidates took their slots";

    private final OnlineSpec online;
    private final FailureCauses causes;

    ReasonText(OnlineSpec online) {
        this.online = online;
        causes = new FailureCauses(online);
    }

    String of(List<Reason> reasons) {
        return reasons.isEmpty() ? NO_REASON : reasons.stream().map(this::of).collect(Collectors.joining("; "));
    }

    String of(Reason reason) {
        if (reason instanceof Reason.Failure failure) {
            return FailureText.of(causes.of(failure), null);
        } else if (reason instanceof Reason.Defeat defeat) {
            return defeat(defeat);
        } else if (reason instanceof Reason.CandidateFailed failed) {
            return "candidate " + failed.number() + " failed: " + of(failed.why());
        } else if (reason instanceof Reason.DuelLost lost) {
            return "candidate " + lost.number() + " lost to the champion: " + of(lost.why());
        } else if (reason instanceof Reason.DuelWon won) {
            return "candidate " + won.number() + " is better than champion " + won.champion() + " " + by(won.figures())
                    + (online.getGuardrails().isEmpty() ? "" : ", and keeps each guardrail");
        } else if (reason instanceof Reason.ChampionFailed failed) {
            return "champion " + failed.number() + ": "
                    + (failed.why() instanceof Reason.Worse worse
                            ? "worse than control " + by(worse.figures())
                            : of(failed.why()));
        } else if (reason instanceof Reason.CandidateTold told) {
            return "candidate " + told.number() + " was scored";
        } else if (reason instanceof Reason.ChampionReverted back) {
            return "champion " + back.number() + " was reverted";
        }
        return ofStudy(reason);
    }

    private String ofStudy(Reason reason) {
        if (reason instanceof Reason.NoReports missing) {
            return noReports(missing);
        } else if (reason instanceof Reason.ReportRatesDiffer rates) {
            return reportRates(rates);
        } else if (reason instanceof Reason.ReportsArrive) {
            return "each metric is reported again; the measurements go on";
        } else if (reason instanceof Reason.NoAnswer none) {
            return "no value of " + none.metric() + " for a slice of " + arm(none.arm(), none.number()) + ": "
                    + HoldText.HELD_UNTIL + " its query has one; " + none.why();
        } else if (reason instanceof Reason.Answered) {
            return "each query has a value again; the measurements go on";
        } else if (reason instanceof Reason.Begun) {
            return "the study began";
        } else if (reason instanceof Reason.Commanded commanded) {
            return command(commanded.action());
        } else if (reason instanceof Reason.Overruled overruled) {
            return overruled.text();
        } else if (reason instanceof Reason.Drifted drifted) {
            return drift(drifted);
        } else if (reason instanceof Reason.SampleRatioMismatch mismatch) {
            return mismatch(mismatch);
        } else if (reason instanceof Reason.PoolMismatch pool) {
            return text(
                    "sample ratio mismatch: all candidates together have %,d exposures, but by those of control and their shares it should"
                            + " be about %,d",
                    pool.exposures(), pool.expected());
        } else if (reason instanceof Reason.ShippedModelDiffers) {
            return "candidate 0 and control differ, although both are the shipped model";
        } else if (reason instanceof Reason.ExposureLimitReached limit) {
            return "exploration stopped after " + count(limit.exposures(), "exposure") + " to candidates";
        } else if (reason instanceof Reason.StudyDeadlineReached) {
            return "exploration stopped at the study's deadline";
        } else if (reason instanceof Reason.AllSettled settled) {
            return "each candidate is settled, " + settled.candidates() + " in all";
        } else if (reason instanceof Reason.NotReopened not) {
            return "the search was reopened " + count(not.times(), "time")
                    + ", which is the limit; extend the study's budget to search on";
        } else if (reason instanceof Reason.TooSmall small) {
            return tooSmall(small);
        } else if (reason instanceof Reason.NotBetterLate late) {
            return ValuesText.late(late);
        } else if (reason instanceof Reason.ErrorBudgetSpent spent) {
            return text(
                    "after %s the error budget that is left does not pay for another: candidate %d would take %s, and a duel may have"
                            + " at most %,d; grant a new budget to go on",
                    count(spent.duels(), "duel"), spent.number(), exposures(spent.needed()), spent.most());
        } else if (reason instanceof Reason.Adjusted adjusted) {
            return ValuesText.adjusted(adjusted);
        } else if (reason instanceof Reason.Calibrated calibrated) {
            return ValuesText.calibrated(calibrated);
        } else if (reason instanceof Reason.Ramped ramped) {
            return "champion " + ramped.number() + " serves "
                    + BigDecimal.valueOf(100 * ramped.share())
                            .round(new MathContext(4))
                            .stripTrailingZeros()
                            .toPlainString()
                    + " % of its units";
        }
        throw new IllegalStateException("no text for " + reason);
    }

    private static String defeat(Reason.Defeat defeat) {
        if (defeat instanceof Reason.Worse worse) {
            return "worse than the champion " + by(worse.figures());
        } else if (defeat instanceof Reason.NotBetter notBetter) {
            return notBetter(notBetter);
        } else if (defeat instanceof Reason.GuardrailNotShown shown) {
            return text(
                            "better, but not shown to keep its limit of %.4g for %s after %s; ",
                            shown.guardrail().limit(),
                            shown.guardrail().metric().name(),
                            count(shown.exposures(), "exposure"))
                    + (shown.needed() <= shown.exposures()
                            ? text("%,d should have been enough", shown.needed())
                            : "it would take " + exposures(shown.needed()));
        } else if (defeat instanceof Reason.RestsOnClient rests) {
            return text(
                    "better, but that rests on client %s: without its units, it is %s, which does not show that it is better after %s"
                            + " (%,d planned)",
                    rests.client(), measured(rests.figures()), count(rests.exposures(), "exposure"), rests.planned());
        } else if (defeat instanceof Reason.MoreMissing more) {
            return text(
                    "better in the slices that have values, but %,d of its slices had none, and %,d of control and champion, although"
                            + " its share of the slices is %.0f %%: it may break what measures it",
                    more.missing(), more.othersMissing(), 100 * more.share());
        } else if (defeat instanceof Reason.Rejected) {
            return "rejected";
        }
        throw new IllegalStateException("no text for " + defeat);
    }

    private static String arm(Arm arm, long number) {
        return switch (arm) {
            case CONTROL -> "control";
            case CHAMPION -> "the champion";
            case EXPLORE -> "candidate " + number;
        };
    }

    private static String notBetter(Reason.NotBetter end) {
        String measured = "it measured " + measured(end.figures());
        return end.exposures() < end.planned()
                ? text(
                                "abandoned as futile after %s of %,d planned, because the probability of a win by then was below %.0f %%: ",
                                count(end.exposures(), "exposure"), end.planned(), 100 * Promotion.MIN_WIN_PROBABILITY)
                        + measured
                : text(
                                "not shown to be better after %s (%,d planned): ",
                                count(end.exposures(), "exposure"), end.planned())
                        + measured;
    }

    /** Such as {@code better than the champion by 0.25 ± 0.125 (40 and 80 values)}. */
    private static String measured(Reason.Figures f) {
        if (f.loss() == 0) {
            return "like the champion, with a difference of 0 ± " + text("%.4g", f.standardError()) + values(f);
        }
        return (f.loss() < 0 ? "better" : "worse") + " than the champion " + by(f);
    }

    private static String by(Reason.Figures f) {
        return text("by %.4g ± %.4g", Math.abs(f.loss()), f.standardError()) + values(f);
    }

    private static String values(Reason.Figures f) {
        return text(" (%,d and %s", f.values(), count(f.otherValues(), "value"))
                + ValuesText.of(", means of", f.metric()) + ")";
    }

    /** Of a gain within its error the exposures that it takes are not named: they grow without bound as the gain nears 0. */
    private String tooSmall(Reason.TooSmall small) {
        String gain =
                text("%.4g ± %.4g", small.gain(), small.error()) + ValuesText.of(" in the mean of", small.metric());
        return text("candidate %d is not worth a duel: ", small.number())
                + (isNoise(small)
                        ? text(
                                "its gain of %s is not above its standard error, and to show such a gain takes more than the %s that a"
                                        + " duel may have",
                                gain, count(small.most(), "exposure"))
                        : text(
                                "to show a gain of %s takes %s, and a duel may have at most %,d",
                                gain, exposures(small.needed()), small.most()))
                + range(small);
    }

    private static boolean isNoise(Reason.TooSmall small) {
        return small.gain() <= small.error();
    }

    /** The range of a rate is none to choose. */
    private String range(Reason.TooSmall small) {
        boolean isCause = online.getMetric().getAggregate() != Aggregate.RATE
                && small.unranged() <= small.needed() / 2
                && (!isNoise(small) || small.unranged() <= small.most());
        return isCause
                ? text(
                        "; with a range of %s that is no wider than its values spread, it would take about %,d",
                        online.getMetric().getName(), small.unranged())
                : "";
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String count(long count, String noun) {
        return text("%,d %s", count, noun) + (count == 1 ? "" : "s");
    }

    private static String exposures(long needed) {
        return needed >= Effort.NEVER ? "more exposures than any study has" : "about " + count(needed, "exposure");
    }

    private String noReports(Reason.NoReports missing) {
        String metric = missing.metric().name();
        String from = QueryRules.promql(online, metric) != null ? "Prometheus answers its query" : reporter(metric);
        return text(
                "no report of %s for %s of control: %s one comes; check that %s",
                metric, count(missing.exposures(), "exposure"), HoldText.HELD_UNTIL, from);
    }

    private String reporter(String metric) {
        return online.getTelemetry().stream()
                .filter(telemetry -> telemetry.getMetric().equals(metric))
                .map(telemetry -> "topic " + telemetry.getTopic() + " exists and has records of this study")
                .findFirst()
                .orElse("the application reports it");
    }

    private static String reportRates(Reason.ReportRatesDiffer r) {
        String arm = r.number() == Reason.ReportRatesDiffer.ALL ? "candidates of a slot" : "candidate " + r.number();
        return text(
                "%s is reported for %,d of %,d exposures to %s, but for %,d of %,d to control: reports are lost, or units choose whether"
                        + " to report",
                r.metric().name(), r.values(), r.exposures(), arm, r.controlValues(), r.controlExposures());
    }

    private static String command(Input.Action action) {
        return switch (action) {
            case PAUSE -> "paused";
            case RESUME -> "resumed";
            case STOP -> "stopped";
            case REVERT -> "reverted";
            case APPROVE -> "approved";
            case REJECT -> "rejected";
            case GRANT -> "granted a new error budget";
        };
    }

    private static String drift(Reason.Drifted drifted) {
        Range range = drifted.metric().range();
        return text(
                "%s of %s moved from %.4g to %.4g",
                drifted.metric().name(),
                drifted.champion() ? "the champion" : "the shipped model",
                range.value(drifted.shift().from()),
                range.value(drifted.shift().to()));
    }

    private static String mismatch(Reason.SampleRatioMismatch m) {
        return text(
                "sample ratio mismatch: candidate %d has %,d exposures and control has %,d, but their shares are %.4g and %.4g",
                m.number(), m.exposures(), m.controlExposures(), m.slotShare(), m.controlShare());
    }
}
