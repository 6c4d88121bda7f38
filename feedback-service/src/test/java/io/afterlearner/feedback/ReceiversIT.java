package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.Certificate;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.feedback.shell.notify.HookServer;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service tells a receiver over TLS. */
@Timeout(240)
class ReceiversIT {
    private static final Logger ROOT = Logger.getLogger("");

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        ROOT.setLevel(Level.WARNING);
        kafka = TestedKafka.start(directory.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static ServiceProcess service(Path receivers, String... more) throws IOException {
        String[] settings = new String[more.length + 2];
        System.arraycopy(more, 0, settings, 2, more.length);
        settings[0] = "afterlearner.feedback.receivers-file=" + receivers;
        settings[1] = "afterlearner.feedback.state-dir=" + directory.resolve("state");
        return ServiceProcess.start(kafka.bootstrapServers(), settings);
    }

    private static void revert(ServiceProcess service, String study) throws Exception {
        Topic.send(kafka.bootstrapServers(), Topics.STUDIES, study, Specs.study(study, 60_000, 1_000, List.of()));
        while (service.get("/v1/studies/" + study + "/champion").statusCode() != 200) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        String body = "{\"by\":\"ann\",\"reason\":\"prices\"}";
        assertEquals(202, service.post("/v1/studies/" + study + "/revert", body).statusCode());
    }

    @Test
    void aKilledServiceTellsAfterwardsAndItsLogShowsNoAddress() throws Exception {
        Certificate certificate = Certificate.create(directory);
        String trust = "afterlearner.feedback.receivers-ca-file=" + certificate.pem();
        try (HookServer hook = new HookServer(HookServer.tls(certificate))) {
            hook.always(503);
            Path receivers = Files.writeString(directory.resolve("receivers"), "ops cloudevents " + hook.address());
            String id;
            try (ServiceProcess killed = service(receivers, trust).awaitReady()) {
                revert(killed, "shop");
                HookServer.Request told = hook.next();
                assertEquals("revert", told.type());
                id = told.id();
                assertEquals(id, hook.next().id(), "it is repeated");
                killed.kill();
                assertLogged(killed, "notifying [ops]");
                assertLogged(killed, "receiver ops: not notified yet about study shop");
            }
            hook.requests.clear();
            hook.always(200);
            try (ServiceProcess next = service(receivers, trust).awaitReady()) {
                assertEquals(id, hook.next().id());
                revert(next, "shop-2");
                HookServer.Request told = hook.next();
                assertEquals("shop-2", told.body().get("subject").asText(), "a notification was told twice");
                assertLogged(next, "notifying [ops]");
            }
        }
    }

    private static void assertLogged(ServiceProcess service, String text) throws IOException {
        String log = service.said();
        assertTrue(log.contains(text), log);
        assertFalse(log.contains(HookServer.SECRET), log);
    }

    @Test
    void aWrongFileEndsTheStartWithOneLine() throws Exception {
        Path receivers =
                Files.writeString(directory.resolve("wrong"), "ops slack http://127.0.0.1/" + HookServer.SECRET);
        try (ServiceProcess refused = service(receivers)) {
            assertNotEquals(0, refused.awaitExit());
            assertLogged(refused, "afterlearner.feedback.receivers-file: " + receivers + ", line 1: ");
        }
    }
}
