package io.afterlearner.feedback.shell;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** A file of authorities, in PEM, that a setting names. */
public final class TrustFile {
    private TrustFile() {}

    /** What is trusted, given the text of the file. */
    public interface Trusting {
        SSLContext of(String pem) throws GeneralSecurityException;
    }

    /** Throws a ConfigurationException, of one line, if the file cannot be used. */
    public static SSLContext read(String setting, String file, Trusting trusting) {
        try {
            return trusting.of(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new ConfigurationException(setting + ": " + file + " cannot be read; mount it");
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException(setting + ": " + file + " cannot be used: " + e.getMessage());
        }
    }
}
