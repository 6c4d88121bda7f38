package io.afterlearner.embedded.clock;

import static net.bytebuddy.matcher.ElementMatchers.any;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isRecord;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.MemberSubstitution;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@link ClockOffset} to the wall clock as our classes see it, directly and through Kafka Streams. Kafka's own timers,
 * which decide whether a broker or a consumer is alive, keep the machine's time unless the argument begins with
 * {@link #WITH_KAFKA}.
 */
public final class ClockAgent {
    static final String WITH_KAFKA = "with-kafka:";

    private ClockAgent() {}

    public static void premain(String argument, Instrumentation instrumentation) throws Exception {
        boolean withKafka = argument.startsWith(WITH_KAFKA);
        ClockOffset.readFrom(Path.of(withKafka ? argument.substring(WITH_KAFKA.length()) : argument));
        MemberSubstitution ours = MemberSubstitution.relaxed()
                .method(named("currentTimeMillis"))
                .replaceWith(ClockOffset.class.getMethod("currentTimeMillis"));
        AgentBuilder agent = new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
                // Byte Buddy cannot substitute in records, which read no clock.
                .type(nameStartsWith("io.afterlearner.").and(not(isRecord())))
                .transform((type, described, loader, module, domain) -> type.visit(ours.on(any())));
        instrumentation.addTransformer(new Readers((withKafka ? kafka(agent) : context(agent)).makeRaw()));
    }

    /** Shows Byte Buddy only classes that may read the clock: looking at every class takes it longer than all else at the start. */
    private record Readers(ClassFileTransformer agent) implements ClassFileTransformer {
        private static final List<String> PACKAGES = List.of(
                "io/afterlearner/", "org/apache/kafka/streams/processor/internals/", "org/apache/kafka/common/utils/");

        @Override
        public byte @Nullable [] transform(
                Module module,
                ClassLoader loader,
                String name,
                Class<?> redefined,
                ProtectionDomain domain,
                byte[] file)
                throws IllegalClassFormatException {
            return name != null && PACKAGES.stream().anyMatch(name::startsWith) && readsClock(file)
                    ? agent.transform(module, loader, name, redefined, domain, file)
                    : null;
        }

        /** {@code currentTimeMillis}, and the methods of Kafka that are changed. */
        private static boolean readsClock(byte[] file) {
            String text = new String(file, StandardCharsets.ISO_8859_1);
            return text.contains("currentTimeMillis") || text.contains("currentSystemTimeMs");
        }
    }

    /** What Kafka Streams tells our processors. */
    private static AgentBuilder context(AgentBuilder agent) {
        return agent.type(named("org.apache.kafka.streams.processor.internals.ProcessorContextImpl")
                        .or(named("org.apache.kafka.streams.processor.internals.AbstractProcessorContext")))
                .transform((type, described, loader, module, domain) -> type.visit(
                        Advice.to(Turned.class).on(named("currentSystemTimeMs").and(not(isAbstract())))));
    }

    /** Kafka's clients, Streams and the broker take the time from this class. */
    private static AgentBuilder kafka(AgentBuilder agent) {
        return agent.type(named("org.apache.kafka.common.utils.SystemTime"))
                .transform((type, described, loader, module, domain) ->
                        type.visit(Advice.to(Turned.class).on(named("milliseconds"))));
    }

    private static final class Turned {
        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // Advice is inlined: the assignment changes what the method returns.
        static void exit(@Advice.Return(readOnly = false) long millis) {
            millis += ClockOffset.millis();
        }
    }
}
