package io.afterlearner.embedded;

import io.afterlearner.embedded.archive.ClassArchive;
import io.afterlearner.embedded.archive.ClassArchives;
import io.afterlearner.embedded.archive.QuarkusApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command line of a packaged service, which uses the repository's class archive if there is one. With an agent it runs as an
 * image does: without an archive, by {@code quarkus-run.jar}.
 */
record ServiceCommand(List<String> words, ClassArchive archive) {
    static ServiceCommand of(Path module, String bootstrapServers, boolean archiving, String... settings)
            throws IOException {
        Path folder = module.toAbsolutePath().normalize();
        boolean withAgent = Stream.of(settings).anyMatch(setting -> setting.startsWith("-javaagent:"));
        QuarkusApp app = QuarkusApp.of(folder);
        ClassArchive archive = withAgent
                ? ClassArchive.NONE
                : ClassArchives.in(folder.getParent(), archiving).of(service(folder), app.classPath(), true);
        List<String> words = new ArrayList<>(java(bootstrapServers));
        words.addAll(archive.options());
        for (String setting : settings) {
            words.add(setting.startsWith("-") ? setting : "-D" + setting);
        }
        if (withAgent) {
            words.addAll(List.of(
                    "-jar", folder.resolve("target/quarkus-app/quarkus-run.jar").toString()));
        } else {
            words.addAll(app.options());
            words.add(QuarkusApp.MAIN);
        }
        return new ServiceCommand(words, archive);
    }

    private static String service(Path module) {
        return module.getFileName().toString().replace("-service", "");
    }

    private static List<String> java(String bootstrapServers) throws IOException {
        // The files of a service survive a kill. Services on another broker use another folder.
        Path scratch = Files.createDirectories(Path.of("target/service-tmp", bootstrapServers.replace(':', '-')));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + scratch.toAbsolutePath(),
                "-Dquarkus.http.port=0",
                "-Dquarkus.http.host=127.0.0.1");
    }
}
