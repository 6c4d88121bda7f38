package io.afterlearner.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.local.report.OnlineResult.Phase;
import io.afterlearner.local.report.OnlineResult.Revert;
import io.afterlearner.schemas.ArmsChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** result.json and report.html of an online study, and what of it fits on a terminal. */
public final class OnlineOutputs {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Half of a normal distribution's central 95 %. */
    private static final double NORMAL = 1.96;

    private OnlineOutputs() {}

    /** Where the report is. */
    public static Path write(OnlineResult result, Path folder) throws IOException {
        Outputs outputs = new Outputs(folder);
        outputs.text("result.json", json(result));
        return outputs.text("report.html", OnlinePage.of(result));
    }

    public static String json(OnlineResult result) {
        ObjectNode json = JSON.createObjectNode();
        json.put("study", result.study()).put("seed", result.seed()).put("seconds", result.seconds());
        json.put("told", result.told()).put("failed", result.failed());
        json.put("stoppedByGuardrail", result.stopped().size());
        json.put("promotedThoughUnsafe", result.unsafe());
        json.put("explored", result.explored()).put("exploredShare", result.exploredShare());
        json.put("statedShare", result.statedShare());
        json.put("lostEstimated", result.lostEstimated()).put("lostTrue", result.lostTrue());
        Revert revert = result.revert();
        if (revert != null) {
            json.putObject("revert")
                    .put("orderMillis", revert.orderMillis())
                    .put("recordMillis", revert.recordMillis());
        }
        json.put("driftSeconds", result.driftSeconds());
        phase(json.putObject("before"), result.before());
        Phase after = result.after();
        if (after != null) {
            phase(json.putObject("after"), after);
        }
        for (ArmsChange change : result.audit()) {
            json.withArray("audit")
                    .addObject()
                    .put("atMillis", change.getAtMillis())
                    .put("by", change.getBy())
                    .put("action", change.getAction().name())
                    .put("from", change.getFromNumber())
                    .put("to", change.getToNumber())
                    .put("reason", change.getReason());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts are always JSON", e);
        }
    }

    private static void phase(ObjectNode json, Phase phase) {
        json.put("champion", phase.champion()).put("lift", phase.lift());
        Double lift = phase.lift();
        Double error = phase.liftError();
        if (lift != null && error != null) {
            json.putArray("liftInterval").add(lift - NORMAL * error).add(lift + NORMAL * error);
        }
        json.put("shippedReward", phase.shippedReward()).put("beganReward", phase.beganReward());
        json.put("championReward", phase.championReward()).put("bestReward", phase.bestReward());
        json.put("gain", phase.gain()).put("latencyRatio", phase.latencyRatio());
    }

    public static String summary(OnlineResult result, Path report) {
        StringBuilder text = new StringBuilder(result.study()).append('\n');
        text.append(line("champion", sentence(result.before())));
        Phase after = result.after();
        if (after != null) {
            text.append(line("after the drift", sentence(after)));
        }
        text.append(line(
                "explored",
                String.format(
                        Locale.ROOT,
                        "%d exposures, %.1f %% of the visits where at most %.0f %% are meant to; %d candidates told, %d failed",
                        result.explored(),
                        100 * result.exploredShare(),
                        100 * result.statedShare(),
                        result.told(),
                        result.failed())));
        text.append(line("harm", harm(result)));
        text.append(line(
                "guardrail",
                result.stopped().size() + " candidates stopped, " + result.unsafe()
                        + " promoted though they break it"));
        text.append(line("revert", revert(result.revert())));
        return text.append("  ").append(report).append('\n').toString();
    }

    private static String line(String name, String text) {
        return String.format(Locale.ROOT, "  %-16s %s%n", name, text);
    }

    static String harm(OnlineResult result) {
        return String.format(
                Locale.ROOT,
                "units in trials clicked %s times %s than as many of control, as told; all explored units %s times %s in truth",
                Numbers.of(Math.abs(result.lostEstimated())),
                result.lostEstimated() > 0 ? "less" : "more",
                Numbers.of(Math.abs(result.lostTrue())),
                result.lostTrue() > 0 ? "less" : "more");
    }

    static String revert(@Nullable Revert revert) {
        return revert == null
                ? "everybody was served ℵ₀ already"
                : String.format(
                        Locale.ROOT,
                        "the server served ℵ₀ %.0f ms after the broker had the record, %.0f ms after the order",
                        revert.recordMillis(),
                        revert.orderMillis());
    }

    static String sentence(Phase phase) {
        return String.format(
                Locale.ROOT,
                "%s, measured lift %s; in truth %s clicks a page where ℵ₀ gives %s and the best ℵ %s: %.0f %% of the gain",
                phase.champion() == 0 ? "ℵ₀" : "candidate " + phase.champion(),
                lift(phase),
                Numbers.of(phase.championReward()),
                Numbers.of(phase.shippedReward()),
                Numbers.of(phase.bestReward()),
                100 * phase.gain());
    }

    static String lift(Phase phase) {
        Double lift = phase.lift();
        Double error = phase.liftError();
        return lift == null || error == null
                ? "unknown"
                : Numbers.signed(lift) + " [" + Numbers.signed(lift - NORMAL * error) + ", "
                        + Numbers.signed(lift + NORMAL * error) + "]";
    }
}
