package io.afterlearner.kafka;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.Acls;
import io.afterlearner.embedded.Authority;
import io.afterlearner.embedded.MutualTlsBroker;
import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.embedded.TokenServer;
import io.afterlearner.kafka.rights.RightsWatch;
import io.afterlearner.schemas.cluster.Right;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OAuth tokens and client certificates, through the user's settings alone. */
@Timeout(180)
class SecuredClientsIT {
    private static final Sender.Limits LIMITS = Sender.Limits.within(Duration.ofSeconds(10));
    private static final List<Right> RIGHTS =
            List.of(Right.literal(READ, TOPIC, "t"), Right.literal(WRITE, TOPIC, "t"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static void createTopic(Admin admin) throws Exception {
        admin.createTopics(List.of(new NewTopic("t", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not happen within " + PATIENCE);
            Thread.sleep(20);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Table<String> table(Follower follower) {
        return follower.table("t", value -> new String(value, StandardCharsets.UTF_8));
    }

    @Test
    void aTokenOfAnOAuthServerIsFetchedAndRenewed() throws Exception {
        try (TokenServer tokens = TokenServer.start(Duration.ofSeconds(8));
                SecuredBroker broker = SecuredBroker.start(folder, tokens::accept)) {
            createTopic(broker.admin());
            for (Right right : RIGHTS) {
                broker.grant("shop", right.operation(), right.type(), right.resource(), PatternType.LITERAL);
            }
            Map<String, String> client = new HashMap<>(broker.client("broker"));
            client.put("sasl.mechanism", "OAUTHBEARER");
            client.put("sasl.jaas.config", tokens.jaas("shop"));
            client.put("sasl.oauthbearer.token.endpoint.url", tokens.tokenUrl());
            client.put(
                    "sasl.login.callback.handler.class",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
            client.put("sasl.login.refresh.min.period.seconds", "1");
            client.put("sasl.login.refresh.buffer.seconds", "1");
            System.clearProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls");
            KafkaSettings kafka = TokenEndpoints.allow(KafkaSettings.of(client));
            delivers(kafka);
            int before = tokens.issued();
            try (Sender sender = new Sender(kafka, "s", LIMITS)) {
                sender.deliver("t", "k", bytes("v"));
                until(() -> tokens.issued() > before + 1);
                sender.deliver("t", "k", bytes("later"));
            }
        }
    }

    private static void delivers(KafkaSettings kafka) throws Exception {
        try (Sender sender = new Sender(kafka, "s", LIMITS);
                Follower follower = new Follower(kafka, "f")) {
            Table<String> table = table(follower);
            follower.start();
            sender.deliver("t", "k", bytes("first"));
            until(() -> table.get("k").isPresent());
            assertEquals("first", table.get("k").orElseThrow());
        }
    }

    @Test
    void anExpiredCertificateThatIsReplacedOnDiskIsUsedWithoutARestart() throws Exception {
        Authority authority = Authority.create(folder);
        Path keystore = folder.resolve("shop.p12");
        Files.copy(authority.issueExpired("shop"), keystore);
        Path renewed = authority.issue("shop");
        try (MutualTlsBroker broker = MutualTlsBroker.start(folder, authority)) {
            createTopic(broker.admin());
            for (Right right : RIGHTS) {
                Acls.grant(
                        broker.admin(),
                        "CN=shop",
                        right.operation(),
                        right.type(),
                        right.resource(),
                        PatternType.LITERAL);
            }
            KafkaSettings kafka = KafkaSettings.of(broker.client(keystore));
            try (RightsWatch watch = new RightsWatch(kafka, () -> RIGHTS);
                    Sender sender = new Sender(kafka, "s", LIMITS);
                    Follower follower = new Follower(kafka, "f")) {
                Table<String> table = table(follower);
                watch.start();
                follower.start();
                until(watch::isRefused);
                assertFalse(watch.isReady());
                assertThrows(KafkaException.class, () -> sender.deliver("t", "k", bytes("refused")));
                assertFalse(follower.isReady());

                Path next = Files.copy(renewed, folder.resolve("next.p12"));
                Files.move(next, keystore, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                until(() -> isDelivered(sender));
                until(() -> table.get("k").isPresent());
                until(watch::isReady);
            }
        }
    }

    private static boolean isDelivered(Sender sender) {
        try {
            sender.deliver("t", "k", bytes("renewed"));
            return true;
        } catch (KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
