package io.afterlearner.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A self-signed certificate for 127.0.0.1, made by the JDK's keytool with the password "change-it". */
public record Certificate(Path keystore, Path pem) {

    public static Certificate create(Path directory) throws IOException, InterruptedException {
        Certificate made = new Certificate(directory.resolve("broker.p12"), directory.resolve("broker.pem"));
        keytool(made, List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1"));
        keytool(made, List.of("-exportcert", "-rfc", "-file", made.pem().toString()));
        return made;
    }

    private static void keytool(Certificate made, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-alias", "broker", "-storetype", "PKCS12", "-storepass", "change-it"));
        command.addAll(List.of("-keystore", made.keystore().toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }
}
