package io.afterlearner.demo.report;

import io.afterlearner.report.page.Table;
import io.afterlearner.report.page.Templates;
import io.afterlearner.report.page.Tile;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The data of the template of report.html of the online demo. */
public final class OnlinePage {
    private static final String TEMPLATE = "io/afterlearner/demo/report/online.html";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final OnlineResult result;

    private OnlinePage(OnlineResult result) {
        this.result = result;
    }

    static String of(OnlineResult result) {
        return Templates.render(TEMPLATE, new OnlinePage(result));
    }

    public String title() {
        return result.study();
    }

    public String lead() {
        return OnlineWords.format(
                "Simulated users judged a ranking model while it served them: %.0f seconds from %s, seed %d.%s",
                result.seconds(),
                MINUTE.format(Instant.ofEpochMilli(result.begunAtMillis())),
                result.seed(),
                result.after() == null ? "" : " Half-way through, their taste drifted.");
    }

    public List<Tile> tiles() {
        return OnlineTiles.of(result);
    }

    public RawString rewardChart() {
        return new RawString(RewardChart.of(result));
    }

    public Table phases() {
        return OnlineTables.phases(result);
    }

    public String explored() {
        return OnlineWords.explored(result);
    }

    public String harm() {
        return OnlineWords.harm(result.harm());
    }

    public String guardrail() {
        return OnlineWords.guardrail(result);
    }

    public Table stopped() {
        return OnlineTables.stopped(result.stopped());
    }

    public String revert() {
        return OnlineWords.revert(result.revert());
    }

    public String streams() {
        return OnlineWords.streams(result.streams());
    }

    public Table audit() {
        return OnlineTables.audit(result);
    }
}
