package io.afterlearner.local.cli.session;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.Session;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** {@code --home} and {@code --kafka-config}: where the stack and its topics are. */
public final class StackOptions {
    @Mixin
    private final HomeOption home = new HomeOption();

    @Mixin
    private final KafkaOption kafka = new KafkaOption();

    public Home home() {
        return kafka.named(home.home());
    }

    public KafkaSettings kafka() {
        return kafka.kafka();
    }

    /** The file of {@code --kafka-config}; null if none was given. */
    public @Nullable Path config() {
        return kafka.file();
    }

    /** Topics only: starts a broker if no stack runs. */
    public Session open() throws InterruptedException {
        return Session.openForReading(home(), kafka());
    }
}
