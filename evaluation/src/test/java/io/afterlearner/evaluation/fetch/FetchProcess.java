package io.afterlearner.evaluation.fetch;

import io.afterlearner.evaluation.s3.S3Server;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluation.s3.S3Store;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that fetches files, prints where each is kept or why not, and uses them until its input ends. */
final class FetchProcess {
    private FetchProcess() {}

    public static void main(String[] arguments) throws IOException {
        Duration long1 = Duration.ofMinutes(10);
        Policy.Fixes fixes = new Policy.Fixes("", "", "raise work-mib", "");
        Policy policy = new Policy(List.of(), long1, long1, long1, Long.parseLong(arguments[1]), fixes);
        Downloads downloads = new Downloads(
                Path.of(arguments[0]), policy, new S3Store(S3Settings.ofProcess(), Duration.ofMinutes(1)), line -> {});
        try (Uses uses = new Uses()) {
            for (int i = 2; i < arguments.length; i += 2) {
                System.out.println(fetch(downloads, arguments[i], arguments[i + 1], uses));
            }
            System.in.readAllBytes();
        }
    }

    private static String fetch(Downloads downloads, String uri, String sha256, Uses uses) {
        try {
            return downloads
                    .fetch(URI.create(uri), sha256, Long.MAX_VALUE, file -> {}, uses)
                    .toString();
        } catch (FetchException e) {
            return e.getMessage();
        }
    }

    static Process start(Path folder, URI uri, String sha256) throws IOException {
        return start(folder, Long.MAX_VALUE, List.of(uri.toString(), sha256));
    }

    /** With the settings of a store and valid credentials. */
    static Process start(Path folder, URI uri, String sha256, URI endpoint) throws IOException {
        ProcessBuilder builder = builder(command(folder, Long.MAX_VALUE, List.of(uri.toString(), sha256)));
        builder.environment()
                .putAll(Map.of(
                        "AFTERLEARNER_S3_ENDPOINT", endpoint.toString(),
                        "AWS_ACCESS_KEY_ID", S3Server.KEY_ID,
                        "AWS_SECRET_ACCESS_KEY", S3Server.SECRET));
        return builder.start();
    }

    private static ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** @param files addresses and digests, in turn */
    static Process start(Path folder, long maxKeptBytes, List<String> files) throws IOException {
        return builder(command(folder, maxKeptBytes, files)).start();
    }

    private static List<String> command(Path folder, long maxKeptBytes, List<String> files) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", ""),
                FetchProcess.class.getName(),
                folder.toString(),
                Long.toString(maxKeptBytes)));
        command.addAll(files);
        return command;
    }
}
