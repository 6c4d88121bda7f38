package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.study.TinyStudy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's own Kafka, on which no stack has run yet. */
class EmptyKafkaIT {
    @TempDir
    Path folder;

    private void topicsAreCreatedAndChecked(Path home, Path config) throws Exception {
        Cli cli = new Cli(home);
        String[] at = {"--home", home.toString(), "--kafka-config", config.toString()};
        System.setProperty("afterlearner.root", folder.toString());
        Cli.Output retrofit = cli.run("retrofit", TinyStudy.write(folder).toString(), at[0], at[1], at[2], at[3]);
        assertEquals(1, retrofit.exit(), retrofit.err());
        assertTrue(
                retrofit.err()
                        .contains(
                                "; run ./afterlearner topics create --pool default --home " + home + " --kafka-config"),
                retrofit.err());

        Cli.Output missing = cli.run("topics", "check", "--pool", "gpu", at[0], at[1], at[2], at[3]);
        assertEquals(1, missing.exit(), missing.err());
        assertTrue(
                missing.err()
                        .contains("wrong: afterlearner.candidates.gpu: it does not exist;"
                                + " run ./afterlearner topics create --pool gpu"),
                missing.err());
        Cli.Output created =
                cli.run("topics", "create", "--pool", "gpu", "--partitions", "3", at[0], at[1], at[2], at[3]);
        assertEquals(0, created.exit(), created.err());
        assertTrue(created.out().contains("created topic afterlearner.candidates.gpu"), created.out());
        assertTrue(
                created.out()
                        .contains("set share.isolation.level=read_committed for share group"
                                + " afterlearner.verdict-evaluators.gpu"),
                created.out());
        Cli.Output right = cli.run("topics", "check", "--pool", "gpu", at[0], at[1], at[2], at[3]);
        assertEquals(0, right.exit(), right.err());
        assertTrue(
                right.out().lines().anyMatch(line -> line.matches("afterlearner\\.fitness +3 +7 d +delete +1 +ok")),
                right.out());
        Cli.Output json = cli.run("topics", "check", "--pool", "gpu", "--json", at[0], at[1], at[2], at[3]);
        assertTrue(
                json.out().matches("(?s).*\"topic\":\"afterlearner.studies\"[^}]*\"retentionMillis\":-1[,}].*"),
                json.out());
        Cli.Output unlike = cli.run(
                "topics",
                "create",
                "--pool",
                "gpu",
                "--partitions",
                "5",
                "--replication",
                "2",
                at[0],
                at[1],
                at[2],
                at[3]);
        assertEquals(0, unlike.exit(), unlike.err());
        assertTrue(
                unlike.err()
                        .contains(
                                "warning: --replication 2: topics that exist keep what they have: afterlearner.studies"
                                        + " (1)"),
                unlike.err());
        assertTrue(
                unlike.err().contains("warning: --partitions 5: topics that exist keep what they have"), unlike.err());
        assertTrue(
                unlike.err()
                        .lines()
                        .filter(line -> line.contains("--partitions 5"))
                        .noneMatch(line -> line.contains("candidates.gpu")),
                "one partition is right for evaluators");
        Cli.Output again = cli.run("topics", "create", "--pool", "gpu", "--json", at[0], at[1], at[2], at[3]);
        assertEquals("{\"done\":[],\"findings\":[]}", again.out().strip());
    }

    @Test
    void thereIsNoStudyAndTheMessageSaysWhatCreatesTheTopics() throws Exception {
        Path home = folder.resolve("home");
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("broker"), 0)) {
            Path config = Files.writeString(
                    folder.resolve("my kafka.properties"), "bootstrap.servers=" + broker.bootstrapServers() + "\n");
            String[] at = {"--home", home.toString(), "--kafka-config", config.toString()};
            Cli.Output list = new Cli(home).run("study", "list", at[0], at[1], at[2], at[3]);
            assertEquals(0, list.exit(), list.err());
            assertEquals("", list.out());
            assertEquals(
                    "there is no study: Kafka at " + broker.bootstrapServers() + " has no topics of AfterLearner yet;"
                            + " ./afterlearner topics create --home " + home + " --kafka-config '" + config
                            + "' creates them, or name another Kafka",
                    list.err().strip());
            Cli.Output show = new Cli(home).run("study", "show", "depth", at[0], at[1], at[2], at[3]);
            assertEquals(2, show.exit(), show.err());
            assertEquals(
                    "afterlearner: there is no study depth here, nor any other; create it first",
                    show.err().strip());
            try (Admin admin = KafkaSettings.of(Map.of("bootstrap.servers", broker.bootstrapServers()))
                    .newAdmin()) {
                assertEquals(Set.of(), admin.listTopics().names().get(), "reading creates no topic");
            }
            topicsAreCreatedAndChecked(home, config);
        }
    }
}
