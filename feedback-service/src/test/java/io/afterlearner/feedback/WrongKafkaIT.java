package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import io.afterlearner.client.Keys;
import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.openfeature.AfterLearnerProvider;
import io.afterlearner.openfeature.StudyFlag;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that knows only OpenFeature, with Kafka settings that are wrong. The timeouts limit the waits. */
@Timeout(180)
class WrongKafkaIT {
    private static final String STUDY = "flagged";
    private static final String USER = "shop";
    private static final String WRITER = "service";

    @TempDir
    private static Path directory;

    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(directory, USER, WRITER);
        ClusterSetup.create(broker.admin(), Layout.of(1, (short) 1), List.of());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @AfterEach
    void disconnect() {
        OpenFeatureAPI.getInstance().shutdown();
    }

    private static OpenFeatureError refused(Map<String, String> kafka) {
        return assertThrows(
                OpenFeatureError.class, () -> OpenFeatureAPI.getInstance().setProviderAndWait(provider(kafka)));
    }

    private static AfterLearnerProvider provider(Map<String, String> kafka) {
        return new AfterLearnerProvider(
                kafka,
                Keys.of("a secret of some length", "a unit key of some length"),
                StudyFlag.of("ranking", STUDY).group("w", 0));
    }

    private static void assertSays(String expected, OpenFeatureError error) {
        assertTrue(String.valueOf(error.getMessage()).contains(expected), error.getMessage());
    }

    @Test
    void anAddressThatNoNameServerKnowsIsFatal() {
        OpenFeatureError error = refused(Map.of("bootstrap.servers", "kafka.invalid:9092"));
        assertEquals(ErrorCode.PROVIDER_FATAL, error.getErrorCode());
        assertSays("cannot connect to Kafka with these settings: ", error);
        assertSays("No resolvable bootstrap urls", error);
    }

    @Test
    void aSettingThatNoClientTakesIsFatal() {
        Map<String, String> kafka = new HashMap<>(broker.client(USER));
        kafka.put("security.protocol", "SASL");
        OpenFeatureError error = refused(kafka);
        assertEquals(ErrorCode.PROVIDER_FATAL, error.getErrorCode());
        assertSays("security.protocol", error);
    }

    @Test
    void refusedCredentialsAreFatal() {
        OpenFeatureError error = refused(broker.client("nobody"));
        assertEquals(ErrorCode.PROVIDER_FATAL, error.getErrorCode());
        assertSays("the credentials of this process are not accepted", error);
    }

    @Test
    void whereNobodyListensTheAddressIsNamedAsACause() {
        OpenFeatureError error = refused(Map.of("bootstrap.servers", "127.0.0.1:9"));
        assertEquals(ErrorCode.GENERAL, error.getErrorCode());
        assertSays("check bootstrap.servers", error);
    }

    @Test
    void aMissingRightIsAnErrorUntilItIsGranted() throws Exception {
        List<Right> needed = ServiceRights.application();
        Right last = needed.get(needed.size() - 1);
        for (Right right : needed.subList(0, needed.size() - 1)) {
            broker.grant(USER, right.operation(), right.type(), right.resource(), PatternType.LITERAL);
        }
        publish();
        OpenFeatureError error = refused(broker.client(USER));
        assertEquals(ErrorCode.GENERAL, error.getErrorCode());
        assertSays(last.resource(), error);
        broker.grant(USER, last.operation(), last.type(), last.resource(), PatternType.LITERAL);
        while (OpenFeatureAPI.getInstance().getClient().getProviderState() != ProviderState.READY) {
            Thread.sleep(20);
        }
    }

    /** As the feedback service does. */
    private static void publish() throws Exception {
        broker.grant(WRITER, AclOperation.WRITE, ResourceType.TOPIC, Topics.ARMS, PatternType.LITERAL);
        try (var producer = KafkaSettings.of(broker.client(WRITER)).newProducer(Map.of())) {
            byte[] arms = Codec.of(Arms.class).encode(Specs.arms(STUDY, 1, 0.5));
            producer.send(new ProducerRecord<>(Topics.ARMS, STUDY, arms)).get();
        }
    }
}
