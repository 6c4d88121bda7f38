package io.afterlearner.demo.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.demo.report.OnlineResult.Harm;
import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.demo.report.OnlineResult.Stopped;
import io.afterlearner.schemas.ArmsChange;
import org.jspecify.annotations.Nullable;

/** Writes result.json of an online study. Unknown values are null. */
public final class OnlineJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OnlineJson() {}

    public static String of(OnlineResult result) {
        ObjectNode json = JSON.createObjectNode();
        json.put("study", result.study()).put("seed", result.seed()).put("seconds", result.seconds());
        json.put("told", result.told()).put("failed", result.failed());
        share(json, result);
        harm(json.putObject("harm"), result.harm());
        guardrail(json.putObject("guardrail"), result);
        json.putPOJO("revert", result.revert()).putPOJO("streams", result.streams());
        json.put("driftSeconds", result.driftSeconds());
        json.set("before", phase(result.before()));
        json.set("after", phase(result.after()));
        result.audit().forEach(change -> audit(json.withArray("audit").addObject(), change));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts are always JSON", e);
        }
    }

    private static void share(ObjectNode json, OnlineResult result) {
        ExploredShare share = result.share();
        json.put("explored", result.explored()).put("visits", (long) share.visits());
        json.put("exploredShare", share.share()).put("statedShare", share.stated());
        json.put("statedShareError", share.standardError());
    }

    private static void harm(ObjectNode json, Harm harm) {
        json.put("worseCandidates", harm.worse()).put("lostClicks", harm.lost());
        json.put("gainedClicksTold", harm.gainedTold()).put("gainedClicksTrue", harm.gainedTrue());
    }

    private static void guardrail(ObjectNode json, OnlineResult result) {
        json.put("limit", result.limit());
        json.put("breaking", result.harm().breaking());
        json.put("breakingExposures", result.harm().breakingExposures());
        json.put("promotedThoughBreaking", result.unsafe());
        ArrayNode stopped = json.putArray("stopped");
        for (Stopped each : result.stopped()) {
            stopped.addObject()
                    .put("candidate", each.number())
                    .put("seconds", each.seconds())
                    .put("trueRatio", each.trueRatio())
                    .put("level", each.level())
                    .put("measured", each.guardrail().getMeasured())
                    .put("control", each.guardrail().getControl())
                    .put("exposures", each.guardrail().getValues());
        }
    }

    private static JsonNode phase(@Nullable Phase phase) {
        if (phase == null) {
            return JSON.nullNode();
        }
        ObjectNode json = JSON.valueToTree(phase);
        json.remove("liftError");
        double[] interval = phase.liftInterval();
        if (interval.length > 0) {
            json.putArray("liftInterval").add(interval[0]).add(interval[1]);
        }
        return json.put("gain", phase.gain());
    }

    private static void audit(ObjectNode json, ArmsChange change) {
        json.put("atMillis", change.getAtMillis()).put("by", change.getBy());
        json.put("action", change.getAction().name());
        json.put("from", change.getFromNumber()).put("to", change.getToNumber());
        json.put("reason", change.getReason());
    }
}
