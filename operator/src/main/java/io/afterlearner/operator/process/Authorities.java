package io.afterlearner.operator.process;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** Certificate authorities of a PEM file, to trust instead of those of the JDK. */
final class Authorities {
    private Authorities() {}

    /** @throws IllegalArgumentException if the file has none */
    static SSLContext trusting(Path pem, Vertx vertx) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null,
                    new PemTrustOptions()
                            .addCertPath(pem.toString())
                            .getTrustManagerFactory(vertx)
                            .getTrustManagers(),
                    null);
            return context;
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "afterlearner.operator.ca-file " + pem + " has no certificates to trust: " + e.getMessage()
                            + "; give a PEM file with the authority's certificate",
                    e);
        }
    }
}
