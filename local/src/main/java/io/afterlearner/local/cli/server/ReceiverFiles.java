package io.afterlearner.local.cli.server;

import io.afterlearner.access.trust.Authorities;
import io.afterlearner.feedback.shell.notify.Receivers;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/** The files of webhooks that the feedback service reads: checked before a stack is started, which would fail only after its start. */
final class ReceiverFiles {
    static final String RECEIVERS = "AFTERLEARNER_RECEIVERS_FILE";
    static final String AUTHORITIES = "AFTERLEARNER_RECEIVERS_CA_FILE";

    private ReceiverFiles() {}

    /** @throws InputException if the service would refuse one of them */
    static void require(Map<String, String> environment) {
        try {
            file(environment, RECEIVERS).ifPresent(file -> Receivers.check(RECEIVERS, file));
        } catch (IllegalArgumentException e) {
            throw new InputException("afterlearner: " + e.getMessage());
        }
        file(environment, AUTHORITIES).ifPresent(ReceiverFiles::requireAuthorities);
    }

    private static Optional<Path> file(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    private static void requireAuthorities(Path file) {
        try {
            var unused = Authorities.alsoTrusting(Files.readString(file));
        } catch (IOException e) {
            throw new InputException(
                    "afterlearner: " + AUTHORITIES + ": " + file + " cannot be read",
                    "check the file and its permissions");
        } catch (GeneralSecurityException e) {
            throw new InputException(
                    "afterlearner: " + AUTHORITIES + ": " + file + " cannot be used: " + InputException.reason(e),
                    "give certificates in PEM");
        }
    }
}
