package io.afterlearner.access.trust;

import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.Objects;

/** Why a service gave no answer. */
public final class NoAnswer {
    private NoAnswer() {}

    /**
     * The reason in words: Java's exception of a refused connection has no message.
     *
     * @param authorities the setting with the file of authorities to trust
     */
    public static String reason(Throwable failure, String authorities) {
        if (failure instanceof ConnectException) {
            return "it cannot be reached";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return "its certificate is not trusted; name the file of its authority in " + authorities;
            }
        }
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
