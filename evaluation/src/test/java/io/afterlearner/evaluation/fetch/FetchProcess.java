package io.afterlearner.evaluation.fetch;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that fetches one file; it prints where it is kept. */
final class FetchProcess {
    private FetchProcess() {}

    public static void main(String[] arguments) {
        Duration long1 = Duration.ofMinutes(10);
        Policy policy = new Policy(List.of(), long1, long1, long1, Long.MAX_VALUE, new Policy.Fixes("", "", "", ""));
        System.out.println(new Downloads(Path.of(arguments[0]), policy, line -> {})
                .fetch(URI.create(arguments[1]), arguments[2], Long.MAX_VALUE, file -> {}));
    }

    static Process start(Path folder, URI uri, String sha256) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        FetchProcess.class.getName(),
                        folder.toString(),
                        uri.toString(),
                        sha256)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
