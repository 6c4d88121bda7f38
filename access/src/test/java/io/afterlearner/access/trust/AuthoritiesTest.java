package io.afterlearner.access.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class AuthoritiesTest {

    private static X509Certificate[] ofTheJdk() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        return ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers();
    }

    @Test
    void thoseOfAFileAreTrustedAloneOrBesidesThoseOfTheJdk() throws Exception {
        X509Certificate one = ofTheJdk()[0];
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(one.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        KeyStore store = Authorities.store(pem);
        assertEquals(1, store.size());
        assertEquals(one, store.getCertificate("authority-0"));
        KeyStore all = Authorities.withThoseOfTheJdk(store);
        assertTrue(ofTheJdk().length > 1);
        assertEquals(ofTheJdk().length + 1, Collections.list(all.aliases()).size());
    }

    @Test
    void aFileWithoutCertificatesIsRefused() {
        assertThrows(GeneralSecurityException.class, () -> Authorities.trusting("nothing"));
        assertThrows(GeneralSecurityException.class, () -> Authorities.alsoTrusting(""));
    }
}
