package io.afterlearner.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles, studies, paths and names. */
class RulesTest {
    @Test
    void anOperatorMayReadAnAdminEverythingAndAnApplicationNothingElse() {
        assertEquals(Set.of("viewer"), Roles.withIncluded(List.of("viewer")));
        assertEquals(Set.of("application"), Roles.withIncluded(List.of("application")));
        assertEquals(Set.of("operator", "viewer"), Roles.withIncluded(List.of("operator")));
        assertEquals(Set.copyOf(Roles.ALL), Roles.withIncluded(List.of("admin")));
        assertEquals(Set.of("viewer", "application"), Roles.withIncluded(List.of("viewer", "application", "root")));
    }

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "shop-*, shop-1, true",
        "shop-*, shop, false",
        "shop-*, ashop-1, false",
        "shop-1, shop-1, true",
        "shop-1, shop-12, false"
    })
    void aPatternIsAnIdOrABeginning(String pattern, String study, boolean match) {
        assertEquals(match, StudyPatterns.of(List.of("other", pattern)).match(study));
        assertEquals(false, StudyPatterns.NONE.match(study));
    }

    @ParameterizedTest
    @CsvSource({"s*p", "**", "''", "a b", "a/b"})
    void anyOtherPatternIsRefused(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> StudyPatterns.of(List.of(pattern)));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/studies, IDENTITY, IDENTITY",
        "/v1, IDENTITY, IDENTITY",
        "/q/health, NOTHING, NOTHING",
        "/q/health/ready, NOTHING, NOTHING",
        "/q/healthy, VIEWER, VIEWER",
        "/q/openapi, NOTHING, NOTHING",
        "/q/metrics, VIEWER, NOTHING",
        "/q/metrics/x, VIEWER, NOTHING",
        "/q/anything, VIEWER, VIEWER",
        "/, NOTHING, NOTHING",
        "/studies.js, NOTHING, NOTHING"
    })
    void everyPathHasARule(String path, Paths.Need need, Paths.Need withOpenMetrics) {
        assertEquals(need, Paths.of(path, false));
        assertEquals(withOpenMetrics, Paths.of(path, true));
    }

    @Test
    void theAuthenticatedNameIsRecordedAndNobodyCanClaimOne() {
        Caller ann = new Caller("key:ann", StudyPatterns.ALL);
        assertEquals("key:ann", ann.by(null, "api"));
        assertEquals("key:ann for bob", ann.by("bob", "api"));
        assertEquals(200, ann.by("b".repeat(300), "api").length());
        assertEquals("bob", Caller.ANYONE.by("bob", "api"));
        assertEquals("api", Caller.ANYONE.by(null, "api"));
        for (String claim : List.of("key:bob", "oidc:bob")) {
            assertThrows(IllegalArgumentException.class, () -> Caller.ANYONE.by(claim, "api"));
            assertThrows(IllegalArgumentException.class, () -> ann.by(claim, "api"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.tls.key-store.pem.0.cert, true",
        "QUARKUS_TLS_KEY_STORE_P12_PATH, true",
        "quarkus.http.tls-configuration-name, true",
        "quarkus.tls.key-store.sni, false",
        "quarkus.tls.trust-store.pem.certs, false",
        "quarkus.http.port, false"
    })
    void httpsIsRecognisedByItsSettings(String name, boolean isTls) {
        assertEquals(isTls, Tls.isConfigured(List.of("other", name)));
    }
}
