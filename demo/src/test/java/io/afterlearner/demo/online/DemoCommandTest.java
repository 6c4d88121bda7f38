package io.afterlearner.demo.online;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.local.cli.Main;
import io.afterlearner.local.cli.console.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path folder;

    @Test
    void anOutFolderThatCannotBeWrittenIsRefusedInOneLineBeforeAnythingStarts() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false, false, 80);
        assertEquals(2, Main.run(console, "demo", "online", "--out", file.toString()));
        assertEquals(
                "afterlearner: --out " + file + ": " + file + " is not a folder; choose another folder",
                err.toString().strip());
    }
}
