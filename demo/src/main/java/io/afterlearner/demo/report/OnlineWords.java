package io.afterlearner.demo.report;

import io.afterlearner.demo.report.OnlineResult.Harm;
import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.demo.report.OnlineResult.Stopped;
import io.afterlearner.demo.report.OnlineResult.Streams;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sentences about an online study for the report and the terminal. */
public final class OnlineWords {
    private OnlineWords() {}

    /** Formats with {@link Locale#ROOT}. */
    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** The result in a few lines for the terminal. */
    public static String summary(OnlineResult result, Path report) {
        StringBuilder text = new StringBuilder(result.study()).append('\n');
        line(text, "lift", lift(result.last()) + " clicks per page, champion minus control, 95% interval");
        line(text, "champion", phase(result.before()));
        Phase after = result.after();
        if (after != null) {
            line(text, "after the drift", phase(after));
        }
        line(text, "explored", explored(result));
        line(text, "harm", harm(result.harm()));
        line(text, "guardrail", guardrail(result));
        result.stopped().forEach(stopped -> line(text, "", stopped(stopped)));
        line(text, "revert", revert(result.revert()));
        line(text, "report", report.toString());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(format("  %-16s %s%n", name, value));
    }

    static String arm(long number) {
        return number == 0 ? "ℵ₀" : "candidate " + number;
    }

    static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    static String lift(Phase phase) {
        Double lift = phase.lift();
        return lift == null ? "unknown" : (signed(lift) + " " + interval(phase)).stripTrailing();
    }

    /** The 95% interval of the lift; empty if unknown. */
    static String interval(Phase phase) {
        double[] interval = phase.liftInterval();
        return interval.length == 0 ? "" : "[" + signed(interval[0]) + ", " + signed(interval[1]) + "]";
    }

    static String signed(double value) {
        return format("%+.3f", value).replace('-', '−');
    }

    static String phase(Phase phase) {
        return format(
                "%s, measured lift %s; true reward %.3f clicks per page (ℵ₀ %.3f, best ℵ %.3f): %.0f %% of the"
                        + " possible gain",
                arm(phase.champion()),
                lift(phase),
                phase.championReward(),
                phase.shippedReward(),
                phase.bestReward(),
                100 * phase.gain());
    }

    static String share(ExploredShare share) {
        return format(
                "%s of the visits; the configured %.0f %% of the users amount to %.1f %% to %.1f %% of the visits by"
                        + " chance",
                percent(share.share()),
                100 * share.stated(),
                100 * (share.stated() - OnlineResult.NORMAL * share.standardError()),
                100 * (share.stated() + OnlineResult.NORMAL * share.standardError()));
    }

    static String explored(OnlineResult result) {
        return format(
                "%,d exposures of %d candidates; %s",
                result.explored(), result.told() + result.failed(), share(result.share()));
    }

    static String harm(Harm harm) {
        return format(
                "%d candidates were truly worse than ℵ₀ and cost %,.0f clicks; %,d exposures were of candidates that"
                        + " truly violate the guardrail; all explored users together clicked %,.0f times %s than the same"
                        + " number of users on ℵ₀ would have (measured in trials alone: %,.0f %s)",
                harm.worse(),
                harm.lost(),
                harm.breakingExposures(),
                Math.abs(harm.gainedTrue()),
                more(harm.gainedTrue()),
                Math.abs(harm.gainedTold()),
                more(harm.gainedTold()));
    }

    private static String more(double gained) {
        return gained >= 0 ? "more" : "less";
    }

    static String guardrail(OnlineResult result) {
        return format(
                "The p95 latency may be at most %.2f times that of control: %d candidates truly violate this, %d were"
                        + " stopped as soon as a violation was significant, %d were promoted",
                result.limit(), result.harm().breaking(), result.stopped().size(), result.unsafe());
    }

    static String stopped(Stopped stopped) {
        return format(
                "candidate %d: %s %.1f ms, %.2f times that of control (limit %.2f), after %d exposures (true ratio"
                        + " %.2f)",
                stopped.number(),
                stopped.level(),
                stopped.guardrail().getMeasured(),
                stopped.ratio(),
                stopped.guardrail().getLimit(),
                stopped.guardrail().getValues(),
                stopped.trueRatio());
    }

    static String revert(@Nullable Revert revert) {
        return revert == null
                ? "all users were served ℵ₀ already"
                : format(
                        "the shop served ℵ₀ %.0f ms after the record was sent to Kafka, %.0f ms after the command",
                        revert.recordMillis(), revert.orderMillis());
    }

    static String streams(Streams streams) {
        Long pages = streams.pages();
        return format(
                "%,d clicks were reported over HTTP; the latencies of %s pages were read from the shop's own topic"
                        + " with the mapping in study.yaml.",
                streams.clicks(), pages == null ? "all" : format("%,d", pages));
    }
}
