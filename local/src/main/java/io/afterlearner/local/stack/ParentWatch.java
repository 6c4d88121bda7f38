package io.afterlearner.local.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs a main class in a child process that ends when its parent ends, even by kill -9: the parent holds the other end of the
 * child's standard input, and the operating system closes it. (A Java agent could do the same, but it would slow down the
 * loading of every class.)
 */
public final class ParentWatch {
    private static final int PARENT_GONE = 1;

    private ParentWatch() {}

    /** @param arguments the main class, and its arguments */
    public static void main(String[] arguments) throws Throwable {
        Thread watch = new Thread(ParentWatch::awaitEndOfParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Method main = Class.forName(arguments[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void awaitEndOfParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input failed, which counts as the end of the parent: " + e.getMessage());
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }

    /** The jar or folder with this class, which a service gets as the last entry of its class path. */
    static Path location() {
        try {
            return Path.of(ParentWatch.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
