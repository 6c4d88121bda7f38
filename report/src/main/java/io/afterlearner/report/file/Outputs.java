package io.afterlearner.report.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files atomically: each is written under a temporary name and then moved into place. */
public final class Outputs {
    public interface Content {
        void write(Path file) throws IOException;
    }

    private final Path folder;

    /** Creates the folder if it is missing. */
    public Outputs(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    public Path text(String name, String text) throws IOException {
        return put(name, file -> Files.writeString(file, text, StandardCharsets.UTF_8));
    }

    /** Removes a file of an earlier run. */
    public void remove(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    public Path put(String name, Content content) throws IOException {
        Path target = folder.resolve(name);
        Path next = folder.resolve("." + name + ".next");
        try {
            content.write(next);
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
