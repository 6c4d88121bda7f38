package io.afterlearner.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A self-signed certificate for 127.0.0.1 and for the name that Kubernetes manifests use, made by the JDK's keytool with the password "change-it". */
public record Certificate(Path keystore, Path pem) {

    public static Certificate create(Path directory) throws IOException, InterruptedException {
        Certificate made = new Certificate(directory.resolve("broker.p12"), directory.resolve("broker.pem"));
        keytool(
                made,
                List.of(
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=broker",
                        "-ext",
                        "san=ip:127.0.0.1,dns:afterlearner-kafka-bootstrap"));
        keytool(made, List.of("-exportcert", "-rfc", "-file", made.pem().toString()));
        return made;
    }

    private static void keytool(Certificate made, List<String> arguments) throws IOException, InterruptedException {
        Keytool.run(made.keystore(), "broker", arguments);
    }
}
