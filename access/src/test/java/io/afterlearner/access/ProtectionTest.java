package io.afterlearner.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service is open only if that is certain to be wanted. */
class ProtectionTest {
    private static Protection service(
            String host, boolean keys, boolean tls, String authentication, @Nullable String protectedBy) {
        return new Protection(host, keys, false, null, tls, authentication, protectedBy, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.8.8.8"})
    void onThisMachineAServiceIsOpenAndSaysSo(String host) {
        Protection local = service(host, false, false, "auto", null);
        assertNull(local.refusal());
        assertTrue(local.isOpen() && local.isByAddressOnly());
        assertFalse(service(host, false, false, "auto", "the mesh").isByAddressOnly());
        assertFalse(service(host, true, false, "auto", null).isByAddressOnly());
        assertTrue(local.warnings().get(0).startsWith("HTTP HAS NO AUTHENTICATION"), local.warnings()::toString);
        assertEquals(1, local.warnings().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "no.such.host.invalid"})
    void anywhereElseItDoesNotStartWithoutKeys(String host) {
        Protection exposed = service(host, false, true, "auto", null);
        assertTrue(String.valueOf(exposed.refusal()).startsWith("the service would be open to everybody"));
        assertFalse(exposed.isOpen());
    }

    @Test
    void noneMustSayWhatProtectsTheServiceInstead() {
        assertTrue(String.valueOf(service("0.0.0.0", false, true, "none", null).refusal())
                .contains("name in afterlearner.http.protected-by"));
        Protection mesh = service("0.0.0.0", false, false, "none", "mTLS of the mesh");
        assertNull(mesh.refusal());
        assertTrue(mesh.isOpen());
        assertTrue(mesh.warnings().get(0).endsWith("protected-by says what protects it instead: mTLS of the mesh"));
    }

    @Test
    void keysCloseTheServiceAndNoneContradictsThem() {
        Protection keys = service("127.0.0.1", true, false, "auto", null);
        assertNull(keys.refusal());
        assertFalse(keys.isOpen());
        assertEquals(List.of(), keys.warnings());
        assertTrue(
                String.valueOf(service("127.0.0.1", true, false, "none", null).refusal())
                        .contains("but keys or an OIDC provider are configured"));
    }

    @Test
    void aServiceWithoutAnApiStartsAndIsClosed() {
        Protection evaluator = new Protection("0.0.0.0", false, false, null, false, "auto", null, true);
        assertNull(evaluator.refusal());
        assertFalse(evaluator.isOpen());
        assertTrue(evaluator.warnings().get(0).startsWith("nobody can read metrics"));
    }

    @Test
    void keysThatTravelUnencryptedAreSaidLoudly() {
        assertTrue(
                service("0.0.0.0", true, false, "auto", null).warnings().get(0).startsWith("HTTP IS NOT ENCRYPTED"));
        assertEquals(0, service("0.0.0.0", true, true, "auto", null).warnings().size());
        assertEquals(
                0,
                service("0.0.0.0", true, false, "auto", "the ingress ends TLS")
                        .warnings()
                        .size());
    }

    @Test
    void oidcNeedsAnAudience() {
        Protection any = new Protection("0.0.0.0", false, true, null, true, "auto", null, false);
        assertTrue(String.valueOf(any.refusal()).startsWith("quarkus.oidc.token.audience is missing"));
        Protection ours = new Protection("0.0.0.0", false, true, "afterlearner", true, "auto", null, false);
        assertNull(ours.refusal());
        assertFalse(ours.isOpen());
    }
}
