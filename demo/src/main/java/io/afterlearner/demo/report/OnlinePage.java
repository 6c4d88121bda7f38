package io.afterlearner.demo.report;

import io.afterlearner.report.page.Templates;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** report.html of the online demo. */
public final class OnlinePage {
    private static final String TEMPLATE = "io/afterlearner/demo/report/online.html";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private OnlinePage() {}

    public static String of(OnlineResult result) {
        return Templates.render(
                TEMPLATE,
                Map.ofEntries(
                        Map.entry("title", result.study()),
                        Map.entry("lead", lead(result)),
                        Map.entry("tiles", OnlineTables.tiles(result)),
                        Map.entry("rewardChart", new RawString(RewardChart.of(result))),
                        Map.entry("phases", OnlineTables.phases(result)),
                        Map.entry("explored", OnlineWords.explored(result)),
                        Map.entry("harm", OnlineWords.harm(result.harm())),
                        Map.entry("guardrail", OnlineWords.guardrail(result)),
                        Map.entry("stopped", OnlineTables.stopped(result.stopped())),
                        Map.entry("revert", OnlineWords.revert(result.revert())),
                        Map.entry("streams", OnlineWords.streams(result.streams())),
                        Map.entry("audit", OnlineTables.audit(result))));
    }

    private static String lead(OnlineResult result) {
        return OnlineWords.format(
                "Simulated users judged a ranking model while it served them: %.0f seconds from %s, seed %d.%s",
                result.seconds(),
                MINUTE.format(Instant.ofEpochMilli(result.begunAtMillis())),
                result.seed(),
                result.after() == null ? "" : " Half-way through, their taste drifted.");
    }
}
