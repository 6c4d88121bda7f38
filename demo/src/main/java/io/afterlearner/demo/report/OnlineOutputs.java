package io.afterlearner.demo.report;

import io.afterlearner.demo.report.OnlineResult.Phase;
import io.afterlearner.report.file.Outputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Writes result.json and report.html of the online demo and its summary for the terminal. */
public final class OnlineOutputs {
    private OnlineOutputs() {}

    /** @return the path of the report */
    public static Path write(OnlineResult result, Path folder) throws IOException {
        Outputs outputs = new Outputs(folder);
        outputs.text("result.json", OnlineJson.of(result));
        return outputs.text("report.html", OnlinePage.of(result));
    }

    public static String json(OnlineResult result) {
        return OnlineJson.of(result);
    }

    public static String summary(OnlineResult result, Path report) {
        StringBuilder text = new StringBuilder(result.study()).append('\n');
        text.append(line(
                "lift", OnlineWords.lift(result.last()) + " clicks per page, champion minus control, 95% interval"));
        Phase after = result.after();
        text.append(line("champion", OnlineWords.phase(result.before())));
        if (after != null) {
            text.append(line("after the drift", OnlineWords.phase(after)));
        }
        text.append(line("explored", OnlineWords.explored(result)));
        text.append(line("harm", OnlineWords.harm(result.harm())));
        text.append(line("guardrail", OnlineWords.guardrail(result)));
        for (Stopped stopped : result.stopped()) {
            text.append(line("", OnlineWords.stopped(stopped)));
        }
        text.append(line("revert", OnlineWords.revert(result.revert())));
        return text.append(line("report", report.toString())).toString();
    }

    private static String line(String name, String text) {
        return String.format(Locale.ROOT, "  %-16s %s%n", name, text);
    }
}
