package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that does not reach Kafka names the address, in one line. */
@Timeout(60)
class UnreachableKafkaTest {
    @TempDir
    Path folder;

    @Test
    void everyCommandThatReadsNamesTheAddress() throws Exception {
        Path config = Files.writeString(
                folder.resolve("kafka.properties"),
                "bootstrap.servers=127.0.0.1:9\ndefault.api.timeout.ms=200\nrequest.timeout.ms=100\n");
        for (List<String> command : List.of(
                List.of("study", "list"),
                List.of("study", "show", "depth"),
                List.of("study", "export", "depth"),
                List.of("study", "audit", "depth"),
                List.of("study", "why", "depth", "3"),
                List.of("topics", "check"))) {
            Stream<String> where = Stream.of("--home", folder.toString(), "--kafka-config", config.toString());
            Cli.Output said =
                    new Cli(folder).run(Stream.concat(command.stream(), where).toArray(String[]::new));
            assertEquals(1, said.exit(), () -> command + ": " + said.err());
            assertTrue(said.err().startsWith("afterlearner: Kafka at 127.0.0.1:9"), () -> command + ": " + said.err());
            assertEquals(1, said.errLines().size(), () -> command + ": " + said.err());
        }
    }
}
