package io.afterlearner.access.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificate authorities in PEM, to trust instead of those of the JDK. */
public final class Authorities {
    private Authorities() {}

    /** @throws GeneralSecurityException if the text holds no certificates */
    public static SSLContext trusting(String pem) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store(pem));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(String pem) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
            store.setCertificateEntry("authority-" + store.size(), each);
        }
        if (store.size() == 0) {
            throw new GeneralSecurityException("it holds no certificate");
        }
        return store;
    }
}
