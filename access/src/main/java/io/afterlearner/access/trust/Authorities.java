package io.afterlearner.access.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Certificate authorities in PEM. */
public final class Authorities {
    private Authorities() {}

    /**
     * Trusts them instead of those of the JDK.
     *
     * @throws GeneralSecurityException if the text holds no certificates
     */
    public static SSLContext trusting(String pem) throws GeneralSecurityException {
        return context(store(pem));
    }

    /**
     * Trusts them besides those of the JDK.
     *
     * @throws GeneralSecurityException if the text holds no certificates
     */
    public static SSLContext alsoTrusting(String pem) throws GeneralSecurityException {
        return context(withThoseOfTheJdk(store(pem)));
    }

    static KeyStore withThoseOfTheJdk(KeyStore store) throws GeneralSecurityException {
        for (TrustManager each : managers(null)) {
            if (each instanceof X509TrustManager known) {
                for (Certificate authority : known.getAcceptedIssuers()) {
                    store.setCertificateEntry("authority-" + store.size(), authority);
                }
            }
        }
        return store;
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(store), null);
        return context;
    }

    /** @param store null for the authorities of the JDK */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    static KeyStore store(String pem) throws GeneralSecurityException {
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
