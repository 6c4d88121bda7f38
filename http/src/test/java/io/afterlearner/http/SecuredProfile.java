package io.afterlearner.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A service with keys and an OIDC provider. */
public class SecuredProfile implements QuarkusTestProfile {
    static final String FIXED = TestKeys.line("viv", "viewer", "*", TestKeys.key("v"))
            + TestKeys.line("shop", "application", "*", TestKeys.key("s"))
            + TestKeys.line("olga", "operator", "a-*", TestKeys.key("o"))
            + TestKeys.line("root", "admin", "*", TestKeys.ADMIN);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "afterlearner.http.keys-file",
                TestKeys.write("secured", FIXED),
                "afterlearner.http.keys-reload",
                "20MS",
                "afterlearner.http.oidc.roles.operator",
                "ml-platform,afterlearner-operator",
                "afterlearner.http.oidc.studies-claim",
                "studies");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OidcServer.class));
    }
}
