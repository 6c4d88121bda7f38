package io.afterlearner.embedded;

import java.util.List;

/** A service that does not start, because a setting is wrong or a file cannot be read. */
public final class RefusedStart {
    private static final int EXIT_STATUS = 1;

    private RefusedStart() {}

    /** Fails unless the process ends with one line that has this text, without a stack trace. */
    public static void assertSaid(String text, String... settings) throws Exception {
        try (ServiceProcess process = ServiceProcess.start("127.0.0.1:9", settings)) {
            int status = process.awaitExit();
            // It may warn before, for example of a service without authentication.
            List<String> lines = process.said()
                    .lines()
                    .filter(line -> !line.isBlank() && !line.contains(" WARN "))
                    .toList();
            if (status != EXIT_STATUS || lines.size() != 1 || !lines.get(0).contains(text)) {
                throw new AssertionError("not one line with \"" + text + "\" and the exit status " + EXIT_STATUS
                        + ", but " + status + ": " + process.said());
            }
        }
    }
}
