package io.afterlearner.local.stack;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.embedded.archive.ClassArchive;
import io.afterlearner.embedded.archive.ClassArchives;
import io.afterlearner.embedded.archive.QuarkusApp;
import io.afterlearner.kafka.KafkaSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command lines of the services. {@code AFTERLEARNER_OPTIMIZER_OPTS}, {@code AFTERLEARNER_EVALUATOR_OPTS} and {@code
 * AFTERLEARNER_FEEDBACK_OPTS} add JVM options.
 *
 * @param root the repository, with the services built
 * @param logs where they log
 * @param archives class archives of the services
 * @param kafka settings of every child, passed in its environment, which process lists do not show
 */
record Services(Path root, Path logs, ClassArchives archives, KafkaSettings kafka) {
    /** Kafka changes the case of names in the default language: in Turkish, it does not find them again. */
    static final String LANGUAGE = "-Duser.language=en";

    private static final long MAX_LOG_BYTES = 10 << 20;

    /** @param stores folder for its state */
    Child optimizer(int httpPort, Path stores) {
        return child(
                "optimizer",
                "optimizer",
                httpPort,
                "-Xmx512m",
                "-Dafterlearner.optimizer.instance=local",
                "-Dafterlearner.optimizer.state-dir=" + stores);
    }

    /** May read the whole file system, because the study's files may be anywhere. */
    Child evaluator(int index, int slots, String pool, int httpPort) {
        return child(
                "evaluator",
                "evaluator-" + index,
                httpPort,
                "-XX:MaxRAMPercentage=40",
                "-Dafterlearner.evaluator.slots=" + slots,
                "-Dafterlearner.evaluator.pool=" + pool,
                // Whoever stops the stack waits for it, and the candidates keep until the next start.
                "-Dafterlearner.evaluator.drain=0s",
                "-Dafterlearner.evaluator.file-roots=/");
    }

    /**
     * @param stores folder for its state
     * @param keys environment variables with its secrets, or with the files of these
     */
    Child feedback(int httpPort, Path stores, Map<String, String> keys) {
        return child(
                        "feedback",
                        "feedback",
                        httpPort,
                        "-Xmx512m",
                        "-Dafterlearner.feedback.instance=local",
                        "-Dafterlearner.feedback.state-dir=" + stores)
                .with(keys);
    }

    /** A main class of this process's class path. */
    Child own(String name, String main, List<String> arguments, int port) {
        List<String> command = java("-Xmx256m");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ParentWatch.class.getName(), main));
        command.addAll(arguments);
        command.add("port=" + port);
        return new Child(name, port, command, kafka.environment(), logs.resolve(name + ".log"));
    }

    private static List<String> java(String memory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", LANGUAGE, "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(compiler());
        command.add(memory);
        return command;
    }

    private Child child(String service, String name, int port, String memory, String... settings) {
        QuarkusApp app = built(root.resolve(service + "-service"));
        Path log = logs.resolve(name + ".log");
        rotate(log);
        List<String> extra = extra(service);
        ClassArchive archive = archives.of(service, app.classPath(), extra.isEmpty());
        List<String> command = java(memory);
        command.addAll(archive.options());
        command.addAll(extra);
        command.addAll(List.of(settings));
        command.addAll(List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.insecure-requests=enabled",
                "-Dquarkus.banner.enabled=false"));
        command.addAll(app.options(ParentWatch.location()));
        command.addAll(List.of(ParentWatch.class.getName(), QuarkusApp.MAIN));
        Map<String, String> environment = new TreeMap<>(kafka.environment());
        // In a value, Quarkus reads ${name} as a reference and $$ as a dollar sign; a password may contain both.
        environment.replaceAll((setting, value) -> value.replace("$", "$$"));
        return new Child(name, port, command, environment, log, archive);
    }

    private static QuarkusApp built(Path module) {
        try {
            return QuarkusApp.of(module);
        } catch (IOException e) {
            throw new StackException(
                    module + " is not built (" + Refusal.reason(e) + "); build it with ./mvnw -DskipTests package", e);
        }
    }

    private static List<String> extra(String service) {
        String options = System.getenv("AFTERLEARNER_" + service.toUpperCase(Locale.ROOT) + "_OPTS");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split("\\s+"));
    }

    /** All processes use the launcher's compiler setting, which chooses between a fast start and fast code. */
    static List<String> compiler() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:TieredStopAtLevel=")
                        || argument.startsWith("-XX:CompileThresholdScaling="))
                .toList();
    }

    private static void rotate(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StackException(
                    "cannot rotate " + log + ": " + Refusal.reason(e) + "; check the folder's permissions", e);
        }
    }
}
