package io.afterlearner.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads how the service is protected. Refuses to start a service that would be open by accident. */
@Singleton
public class Access {
    private static final Logger LOG = Logger.getLogger("afterlearner.access");
    static final String KEYS_RELOAD = "afterlearner.http.keys-reload";

    private final Protection protection;
    private final boolean open;
    private final @Nullable KeyRing keys;
    private final Duration reload;

    Access(
            Config all,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String host,
            @ConfigProperty(name = Protection.KEYS_FILE) Optional<Path> keysFile,
            @ConfigProperty(name = KEYS_RELOAD, defaultValue = "5S") Duration reload,
            @ConfigProperty(name = Protection.AUTHENTICATION, defaultValue = Protection.AUTO) String authentication,
            @ConfigProperty(name = Protection.PROTECTED_BY) Optional<String> protectedBy,
            @ConfigProperty(name = Protection.HEALTH_ONLY, defaultValue = "false") boolean healthOnly) {
        this.reload = reload;
        this.protection = new Protection(
                host,
                keysFile.isPresent(),
                text(all, "quarkus.oidc.auth-server-url") != null,
                text(all, "quarkus.oidc.token.audience"),
                Tls.isConfigured(all.getPropertyNames()),
                authentication,
                protectedBy.filter(text -> !text.isBlank()).orElse(null),
                healthOnly);
        this.open = protection.isOpen();
        this.keys = keysFile.map(Access::ring).orElse(null);
    }

    private static @Nullable String text(Config all, String name) {
        return all.getOptionalValue(name, String.class).orElse(null);
    }

    private static KeyRing ring(Path file) {
        try {
            return new KeyRing(file);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    /** Before the services' own observers, which use Kafka. */
    void start(@Observes @Priority(0) StartupEvent event, Vertx vertx) {
        String refusal = protection.refusal();
        if (refusal != null) {
            throw new ConfigurationException(refusal);
        }
        protection.warnings().forEach(LOG::warn);
        KeyRing ring = keys;
        if (ring != null) {
            watch(ring, vertx);
        }
    }

    private void watch(KeyRing ring, Vertx vertx) {
        Callable<Boolean> refresh = () -> {
            ring.refresh();
            return true;
        };
        long millis = reload.toMillis();
        var timer = vertx.setPeriodic(millis, id -> vertx.executeBlocking(refresh));
        LOG.debugf("the file of keys is read every %s ms (timer %s)", millis, timer);
    }

    boolean isOpen() {
        return open;
    }

    /** Whether requests have to name this machine by an address or as localhost. */
    public boolean isByAddressOnly() {
        return protection.isByAddressOnly();
    }

    /** Null if there is no such key. */
    @Nullable
    AccessKey find(String key) {
        return keys == null ? null : keys.find(key);
    }
}
