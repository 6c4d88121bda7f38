package io.afterlearner.local.secrets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A service whose start fails, or that waits for something.
 *
 * @param environment with a planted secret that is wrong, or in the wrong place
 * @param said what it then says
 */
record FailingStart(String service, Map<String, String> environment, String said) {

    /** @param folder with the broker's keystore */
    static List<FailingStart> all(Path folder) {
        String scram =
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"optimizer\" password=\"";
        String oauth = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"ann\""
                + " clientSecret=\"";
        String withLogin = "http://ann:" + Plants.in("AddressLogin") + "@127.0.0.1:9";
        return List.of(
                new FailingStart(
                        "optimizer",
                        Map.of("KAFKA_SASL_JAAS_CONFIG", scram + Plants.in("WrongPassword") + "\";"),
                        "invalid credentials"),
                new FailingStart(
                        "optimizer",
                        Map.of(
                                "KAFKA_SASL_JAAS_CONFIG",
                                scram.replace("=\"", " \"") + Plants.in("WrongPassword") + "\";"),
                        "sasl.jaas.config is malformed"),
                new FailingStart(
                        "feedback",
                        Map.of("KAFKA_SSL_TRUSTSTORE_PASSWORD", Plants.in("WrongStore")),
                        "password was incorrect"),
                new FailingStart(
                        "evaluator",
                        Map.of(
                                "KAFKA_SASL_MECHANISM",
                                "OAUTHBEARER",
                                "KAFKA_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL",
                                PlantedServices.NOWHERE + "/token",
                                "KAFKA_SASL_LOGIN_CALLBACK_HANDLER_CLASS",
                                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                                "KAFKA_SASL_JAAS_CONFIG",
                                oauth + Plants.in("OauthSecret") + "\";"),
                        "onnection refused"),
                new FailingStart("evaluator", Map.of("KAFKA_BOOTSTRAP_SERVERS", withLogin), "bootstrap.servers has"),
                new FailingStart("evaluator", Map.of("AFTERLEARNER_S3_ENDPOINT", withLogin), "s3.endpoint"),
                new FailingStart(
                        "optimizer",
                        Map.of(
                                "QUARKUS_TLS_KEY_STORE_P12_PATH",
                                        folder.resolve("broker.p12").toString(),
                                "QUARKUS_TLS_KEY_STORE_P12_PASSWORD", Plants.in("TlsStore")),
                        "password was incorrect"),
                new FailingStart("optimizer", Map.of("QUARKUS_OIDC_AUTH_SERVER_URL", withLogin), "OIDC"),
                new FailingStart("feedback", Map.of("AFTERLEARNER_TOKEN_SECRET", "pLant3dShort"), "secrets and"),
                new FailingStart(
                        "feedback", Map.of("AFTERLEARNER_UNIT_KEY", Plants.in("BothUnitKeys")), "unit-keys and"));
    }
}
