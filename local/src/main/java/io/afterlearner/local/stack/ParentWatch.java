package io.afterlearner.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A Java agent that ends a child process when its parent ends, even by kill -9: the parent holds the other end of the
 * child's standard input, and the operating system closes it.
 */
public final class ParentWatch {
    private static final int PARENT_GONE = 1;

    private ParentWatch() {}

    public static void premain(String arguments) {
        Thread watch = new Thread(ParentWatch::awaitEndOfParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEndOfParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input failed, which counts as the end of the parent: " + e.getMessage());
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }

    /** Writes a jar with this class alone for {@code -javaagent:}; a child must not inherit the launcher's class path. */
    static Path writeJar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ParentWatch.class.getName());
        Path jar = Files.createTempFile(Files.createDirectories(folder), "parent-watch", ".jar");
        jar.toFile().deleteOnExit();
        String entry = ParentWatch.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                InputStream bytes = ParentWatch.class.getClassLoader().getResourceAsStream(entry)) {
            if (bytes == null) {
                throw new IOException("class file " + entry + " is not on the class path");
            }
            entries.putNextEntry(new JarEntry(entry));
            bytes.transferTo(entries);
        }
        return jar;
    }
}
