package io.afterlearner.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder in which the local stack keeps everything: broker data, logs, downloads, and who is running. */
public record Home(Path folder) {

    /** The option's folder, else {@code $AFTERLEARNER_HOME}, else {@code ~/.afterlearner}. */
    public static Home of(@Nullable Path option) {
        String variable = System.getenv("AFTERLEARNER_HOME");
        Path folder = option != null
                ? option
                : variable != null && !variable.isBlank()
                        ? Path.of(variable)
                        : Path.of(System.getProperty("user.home"), ".afterlearner");
        return new Home(folder.toAbsolutePath().normalize());
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    public Path downloads() {
        return folder.resolve("downloads");
    }

    /** Of the feedback service, for its tokens; who can read it can forge feedback. */
    Path tokenSecret() {
        return folder.resolve("token-secret");
    }

    /** What the feedback service keeps, so that it need not read all of it again. */
    Path feedback() {
        return folder.resolve("feedback");
    }

    Path lock() {
        return folder.resolve("stack.lock");
    }

    Path state() {
        return folder.resolve("stack.json");
    }

    void create() {
        try {
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw new StackException(
                    "the data folder " + folder + " cannot be made (" + e.getMessage()
                            + "); choose another with --home or AFTERLEARNER_HOME",
                    e);
        }
    }
}
