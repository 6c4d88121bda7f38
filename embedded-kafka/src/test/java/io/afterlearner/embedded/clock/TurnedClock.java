package io.afterlearner.embedded.clock;

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
            for (String type : List.of("ClockAgent", "ClockAgent$Readers", "ClockAgent$Turned", "ClockOffset")) {
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

    /** Like {@link #jvmOption()}, and Kafka's own timers follow this clock as well, as on a machine whose clock jumps. */
    public String jvmOptionWithKafka() {
        return "-javaagent:" + agent + "=" + ClockAgent.WITH_KAFKA + file;
    }

    /** Milliseconds since the epoch, as the processes see it. */
    public long millis() {
        return System.currentTimeMillis() + ClockOffset.millis(offset);
    }

    /** Turns the clock forward, or back if the duration is negative. */
    public void turn(Duration by) {
        offset.put(ClockOffset.OFFSET, offset.get(ClockOffset.OFFSET) + by.toMillis());
    }

    /** From now on the clock runs faster by so many thousandths, or slower. */
    public void drift(long thousandths) {
        offset.put(ClockOffset.OFFSET, ClockOffset.millis(offset));
        offset.put(ClockOffset.SINCE, System.nanoTime());
        offset.put(ClockOffset.DRIFT, thousandths);
    }
}
