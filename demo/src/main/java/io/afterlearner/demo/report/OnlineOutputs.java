package io.afterlearner.demo.report;

import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.report.file.Outputs;
import java.io.IOException;
import java.nio.file.Path;

/** Writes result.json and report.html of the online demo, and its summary for the terminal. */
public final class OnlineOutputs {
    private OnlineOutputs() {}

    /** @return the path of the report */
    public static Path write(OnlineResult result, Path folder) throws IOException {
        Outputs outputs = new Outputs(folder);
        outputs.text("result.json", OnlineJson.of(result));
        return outputs.text("report.html", OnlinePage.of(result));
    }

    public static String summary(OnlineResult result, Path report) {
        StringBuilder text = new StringBuilder(result.study()).append('\n');
        line(text, "lift", OnlineWords.lift(result.last()) + " clicks per page, champion minus control, 95% interval");
        line(text, "champion", OnlineWords.phase(result.before()));
        Phase after = result.after();
        if (after != null) {
            line(text, "after the drift", OnlineWords.phase(after));
        }
        line(text, "explored", OnlineWords.explored(result));
        line(text, "harm", OnlineWords.harm(result.harm()));
        line(text, "guardrail", OnlineWords.guardrail(result));
        result.stopped().forEach(stopped -> line(text, "", OnlineWords.stopped(stopped)));
        line(text, "revert", OnlineWords.revert(result.revert()));
        line(text, "report", report.toString());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(OnlineWords.format("  %-16s %s%n", name, value));
    }
}
