package io.afterlearner.access.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A certificate and its private key in PEM files, read as the server reads them. */
final class Pairs {
    /** How a key of each kind signs. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private static final byte[] SIGNED = {42};

    private Pairs() {}

    /** @throws IOException if there is none, or one that cannot be read */
    static void certificates(Buffer pem) throws IOException {
        try {
            KeyStoreHelper.loadCA(Stream.of(pem));
        } catch (Exception e) {
            throw new IOException("it has no certificate that can be read: " + Reasons.of(e), e);
        }
    }

    /** @throws IOException if the key cannot be read, or is not the one of the certificate */
    static void check(Buffer key, Buffer certificate, Path certificates) throws GeneralSecurityException, IOException {
        KeyStore pair = load(key, certificate);
        for (String alias : Collections.list(pair.aliases())) {
            Key read = pair.getKey(alias, KeyStoreHelper.DUMMY_PASSWORD.toCharArray());
            if (read instanceof PrivateKey own && !isOf(own, pair.getCertificate(alias))) {
                throw new IOException("it is not the key of the certificate in " + certificates);
            }
        }
    }

    private static KeyStore load(Buffer key, Buffer certificate) throws IOException {
        try {
            return KeyStoreHelper.loadKeyCert(List.of(key), List.of(certificate));
        } catch (Exception e) {
            throw new IOException("it has no private key that can be read: " + Reasons.of(e), e);
        }
    }

    private static boolean isOf(PrivateKey key, Certificate certificate) throws GeneralSecurityException {
        @Nullable String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(SIGNED);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SIGNED);
        return signature.verify(signed);
    }
}
