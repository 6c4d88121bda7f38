package io.afterlearner.demo.report;

import io.afterlearner.demo.report.OnlineResult.Harm;
import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.demo.report.OnlineResult.Revert;
import io.afterlearner.demo.report.OnlineResult.Streams;
import io.afterlearner.demo.report.Stopped.Measured;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an online study did, in sentences for page and terminal. */
final class OnlineWords {
    /** Half of a normal distribution's central 95 %, in standard deviations. */
    static final double NORMAL = 1.96;

    private OnlineWords() {}

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    static String arm(long number) {
        return number == 0 ? "ℵ₀" : "candidate " + number;
    }

    static String percent(double share) {
        return said("%.1f %%", 100 * share);
    }

    static String lift(Phase phase) {
        Double lift = phase.lift();
        return lift == null ? "unknown" : signed(lift) + interval(phase);
    }

    /** With a space in front; empty where it is unknown. */
    static String interval(Phase phase) {
        Double lift = phase.lift();
        Double error = phase.liftError();
        return lift == null || error == null
                ? ""
                : " [" + signed(lift - NORMAL * error) + ", " + signed(lift + NORMAL * error) + "]";
    }

    static String signed(double value) {
        return said("%+.3f", value).replace('-', '−');
    }

    static String phase(Phase phase) {
        return said(
                "%s, measured lift %s; in truth %.3f clicks a page where ℵ₀ gives %.3f and the best ℵ %.3f: %.0f %% of the gain",
                arm(phase.champion()),
                lift(phase),
                phase.championReward(),
                phase.shippedReward(),
                phase.bestReward(),
                100 * phase.gain());
    }

    static String share(ExploredShare share) {
        return said(
                "%s of the visits; stated are at most %.0f %% of the users, which chance makes %.1f %% to %.1f %% of the visits",
                percent(share.share()),
                100 * share.stated(),
                100 * (share.stated() - NORMAL * share.standardError()),
                100 * (share.stated() + NORMAL * share.standardError()));
    }

    static String explored(OnlineResult result) {
        return said(
                "%,d exposures of %d candidates; %s",
                result.explored(), result.told() + result.failed(), share(result.share()));
    }

    static String harm(Harm harm) {
        return said(
                "%d candidates were truly worse than ℵ₀ and cost %,.0f clicks; %,d exposures were of candidates that truly break the"
                        + " guardrail; all explored units together had %,.0f clicks %s than as many on ℵ₀ (in trials alone, as measured:"
                        + " %,.0f %s)",
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
        return said(
                "p95 of the latency at most %.2f times control's: %d candidates truly break it, %d were stopped as soon as that was shown,"
                        + " %d promoted; who only measured outside it was told to be no better than control",
                result.limit(), result.harm().breaking(), result.stopped().size(), result.unsafe());
    }

    static String stopped(Stopped stopped) {
        Measured measured = stopped.measured();
        return "candidate " + stopped.number() + ": "
                + (measured == null
                        ? stopped.reason()
                        : said(
                                "%s %.1f ms, %.2f times control's where %.2f is allowed, after %d exposures (in truth %.2f times)",
                                measured.what(),
                                measured.value(),
                                measured.ratio(),
                                measured.limit(),
                                measured.exposures(),
                                stopped.trueRatio()));
    }

    static String revert(@Nullable Revert revert) {
        return revert == null
                ? "everybody was served ℵ₀ already"
                : said(
                        "the shop served ℵ₀ %.0f ms after the record was handed to Kafka, %.0f ms after the order",
                        revert.recordMillis(), revert.orderMillis());
    }

    static String streams(Streams streams) {
        Long pages = streams.pages();
        return said(
                "%,d clicks were reported over HTTP; the latency of %s pages was read from the shop's own topic, as study.yaml maps it.",
                streams.clicks(), pages == null ? "all" : said("%,d", pages));
    }
}
