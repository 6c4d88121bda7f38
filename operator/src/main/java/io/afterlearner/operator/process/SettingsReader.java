package io.afterlearner.operator.process;

import io.afterlearner.access.trust.Authorities;
import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.evaluation.fetch.Policy;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluation.s3.S3Store;
import io.afterlearner.operator.reconcile.ExportTemplate;
import io.afterlearner.operator.reconcile.Exports;
import io.afterlearner.operator.reconcile.JobExports;
import io.afterlearner.operator.reconcile.NoExports;
import io.afterlearner.operator.reconcile.OperatorSettings;
import io.afterlearner.operator.resolve.FileRules;
import io.afterlearner.operator.resolve.SpecReader;
import io.afterlearner.operator.services.RestClient;
import io.afterlearner.study.InputException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Converts configuration to settings; an error is one line. */
final class SettingsReader {
    private static final Logger LOG = Logger.getLogger(SettingsReader.class);
    private static final String PREFIX = "afterlearner.operator.";
    private static final String ALL = "*";
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final long MIB = 1L << 20;

    private SettingsReader() {}

    /** @throws IllegalArgumentException for a setting that cannot be used, with how to fix it */
    static OperatorSettings settings(OperatorConfig config) {
        String own = config.namespace().orElse("");
        List<String> watched = config.watch().orElse(own.isEmpty() ? List.of(ALL) : List.of(own));
        return new OperatorSettings(
                watched.contains(ALL) ? Set.of() : Set.copyOf(watched),
                new OperatorSettings.LeaseName(own, config.lease(), config.instance(), config.leaseDuration()),
                config.interval(),
                config.serverSideApply());
    }

    static RestClient optimizer(OperatorConfig config) {
        return client("optimizer", config.optimizer(), config);
    }

    static RestClient feedback(OperatorConfig config) {
        return client("feedback", config.feedback(), config);
    }

    private static RestClient client(String service, URI address, OperatorConfig config) {
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null || address.getUserInfo() != null) {
            throw new IllegalArgumentException(PREFIX + service
                    + " is not the address of a service; give http or https, host and port, such as"
                    + " http://afterlearner-optimizer:8080, without user or query");
        }
        return new RestClient(
                address,
                config.keyFile().orElse(null),
                config.caFile().map(SettingsReader::trusting).orElse(null));
    }

    private static SSLContext trusting(Path pem) {
        try {
            return Authorities.trusting(Files.readString(pem));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    PREFIX + "ca-file " + pem + " contains no usable certificate: " + InputException.reason(e)
                            + "; give a PEM file with the authority's certificate",
                    e);
        }
    }

    static SpecReader reader(OperatorConfig config, Config all) {
        Policy policy = new Policy(
                config.httpHosts().orElse(List.of()),
                SILENCE,
                SILENCE,
                config.downloadTimeout(),
                config.workMib() * MIB,
                new Policy.Fixes(
                        "ask the operator's administrator to add it to " + PREFIX + "http-hosts",
                        "check the server and the operator's network policy, or raise " + PREFIX + "download-timeout",
                        "use a smaller file, or raise " + PREFIX + "work-mib",
                        "give the operator's " + PREFIX + "work-dir more space"));
        S3Settings s3 =
                S3Settings.from(name -> all.getOptionalValue(name, String.class).orElse(null));
        Downloads downloads = new Downloads(config.workDir(), policy, new S3Store(s3, SILENCE), LOG::debug);
        return new SpecReader(new FileRules(config.fileRoots().orElse(List.of())), downloads);
    }

    static Exports exports(OperatorConfig config, KubernetesClient client) {
        if (config.exportJob().isEmpty()) {
            return new NoExports();
        }
        String namespace = config.namespace()
                .orElseThrow(() -> new IllegalArgumentException(
                        PREFIX + "export-job needs a namespace for its Jobs; set " + PREFIX + "namespace"));
        return new JobExports(
                client,
                new ExportTemplate(client, namespace, config.exportJob().get()),
                config.outputPrefixes().orElse(List.of()));
    }
}
