package io.afterlearner.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate authority that issues certificates of any validity, for TLS with certificates of both sides. Java checks no
 * validity of a certificate that a truststore has itself.
 *
 * @param pem its own certificate, a truststore of type PEM
 */
public record Authority(Path keystore, Path pem) {
    private static final String ALIAS = "authority";

    public static Authority create(Path folder) throws IOException, InterruptedException {
        Authority made = new Authority(folder.resolve("authority.p12"), folder.resolve("authority.pem"));
        Keytool.run(
                made.keystore(),
                ALIAS,
                List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c=ca:true"));
        Keytool.run(
                made.keystore(),
                ALIAS,
                List.of("-exportcert", "-rfc", "-file", made.pem().toString()));
        return made;
    }

    /** Issues a certificate that is valid now, with its key in a keystore of the password "change-it". */
    public Path issue(String name) throws IOException, InterruptedException {
        return issue(name, "-1d", 10);
    }

    /** Issues a certificate that has expired. */
    public Path issueExpired(String name) throws IOException, InterruptedException {
        return issue(name, "-2d", 1);
    }

    private Path issue(String name, String start, int days) throws IOException, InterruptedException {
        Path folder = keystore.resolveSibling(name + start);
        folder.toFile().mkdirs();
        Path store = Files.copy(keystore, folder.resolve(name + ".p12"));
        List<String> signed = List.of(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-signer",
                ALIAS,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days),
                "-ext",
                "san=ip:127.0.0.1");
        Keytool.run(store, name, signed);
        // The key of the authority, which signed.
        Keytool.run(store, ALIAS, List.of("-delete"));
        return store;
    }
}
