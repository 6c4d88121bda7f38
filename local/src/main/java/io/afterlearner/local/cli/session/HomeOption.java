package io.afterlearner.local.cli.session;

import io.afterlearner.local.stack.Home;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --home}. */
public final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Folder for broker data, logs and downloads (default: $AFTERLEARNER_HOME or ~/.afterlearner).")
    private @Nullable Path folder;

    public Home home() {
        return Home.of(folder);
    }
}
