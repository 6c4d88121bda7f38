package io.afterlearner.feedback.clock;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;

/** The wall clock of the processes that a test starts with {@link #jvmOption()}. */
public final class TurnedClock {
    private final Path file;
    private final Path agent;
    private final LongBuffer offset;

    /** Writes the agent and the shared offset into a folder. */
    public TurnedClock(Path folder) throws Exception {
        file = folder.resolve("clock-offset");
        agent = folder.resolve("clock-agent.jar");
        offset = ClockOffset.map(file);
        writeAgent();
    }

    private void writeAgent() throws Exception {
        Path byteBuddy = Path.of(ByteBuddy.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", ClockAgent.class.getName());
        main.putValue("Boot-Class-Path", agent + " " + byteBuddy);
        main.putValue("Can-Retransform-Classes", "true");
        try (OutputStream out = Files.newOutputStream(agent);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (String type : List.of("ClockAgent", "ClockAgent$Turned", "ClockOffset")) {
                add(jar, getClass().getPackageName().replace('.', '/') + "/" + type + ".class");
            }
        }
    }

    private void add(JarOutputStream jar, String entry) throws IOException {
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream bytes = ClockOffset.class.getClassLoader().getResourceAsStream(entry)) {
            bytes.transferTo(jar);
        }
    }

    /** Starts a JVM whose wall clock follows this one. */
    public String jvmOption() {
        return "-javaagent:" + agent + "=" + file;
    }

    /** Milliseconds since the epoch, as the processes see it. */
    public long millis() {
        return System.currentTimeMillis() + offset.get(0);
    }

    /** Turns the clock forward, or back if the duration is negative. */
    public void turn(Duration by) {
        offset.put(0, offset.get(0) + by.toMillis());
    }
}
