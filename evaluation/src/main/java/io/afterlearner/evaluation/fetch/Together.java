package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.evaluation.data.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/** Folders in which kept files have the names by which one of them refers to the others. */
record Together(Room room) {

    Path of(String identity, Path file, SortedMap<String, Path> beside, Uses uses) {
        byte[] digest = Digest.sha256().digest(identity.getBytes(StandardCharsets.UTF_8));
        String name = Kept.TOGETHER + HexFormat.of().formatHex(digest);
        Path home = room.folder().resolve(name);
        Path whole = home.resolve(file.getFileName());
        try {
            uses.add(room.shared(Kept.using(name)));
            for (Map.Entry<String, Path> other : beside.entrySet()) {
                link(home.resolve(other.getKey()).normalize(), other.getValue());
            }
            link(whole, file);
            return whole;
        } catch (IOException e) {
            throw new NotKeptException(new Refusal(home + " cannot be written: " + Refusal.reason(e), room.fix()), e);
        }
    }

    /** A hard link takes no space. An existing file is replaced, because it may be incomplete. */
    private static void link(Path link, Path file) throws IOException {
        Files.createDirectories(link.resolveSibling("."));
        Path part = link.resolveSibling("." + UUID.randomUUID());
        try {
            linkOrCopy(part, file);
            Files.move(part, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void linkOrCopy(Path link, Path file) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, link);
        }
    }
}
