package io.afterlearner.local.access;

import io.afterlearner.study.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificate authorities of a PEM file. */
final class Authorities {
    private Authorities() {}

    /** @throws InputException if the text holds no certificates */
    static SSLContext trusting(String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
                store.setCertificateEntry("authority-" + store.size(), each);
            }
            if (store.size() == 0) {
                throw new GeneralSecurityException("it holds no certificate");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new InputException(
                    "afterlearner: " + Credentials.CA_FILE + " has no certificates to trust: "
                            + InputException.reason(e),
                    "give a PEM file with the authority's certificate");
        }
    }
}
