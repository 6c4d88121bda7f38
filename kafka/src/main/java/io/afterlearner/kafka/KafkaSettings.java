package io.afterlearner.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.afterlearner.schemas.Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The user's Kafka settings, and the only way to the settings of a client. Everything the user sets under {@code kafka.}
 * reaches every client: {@code bootstrap.servers}, {@code security.protocol}, {@code sasl.*}, {@code ssl.*}, any other.
 *
 * <pre>{@code
 * KafkaSettings kafka = KafkaSettings.from(config.getPropertyNames(),       // a Quarkus service
 *         name -> config.getOptionalValue(name, String.class).orElse(null));
 * KafkaSettings kafka = KafkaSettings.ofProcess();                          // a command-line tool
 * KafkaSettings kafka = KafkaSettings.of(Map.of("bootstrap.servers", "localhost:9092"));
 *
 * try (Admin admin = kafka.newAdmin()) { … }
 * new KafkaConsumer<>(kafka.consumer(Map.of("group.id", "mine")), …);
 * }</pre>
 *
 * <p>Precedence, highest first: what AfterLearner needs to be correct (each method lists it), what the caller passes, what
 * the user set. The user cannot set {@code group.id}, {@code group.instance.id}, {@code transactional.id} or the
 * (de)serializers: they are dropped. A client over TLS reads certificates again when their files change
 * ({@link ReloadingSslEngineFactory}), unless the user sets another {@code ssl.engine.factory.class}. Secrets are shown nowhere: not by {@link #toString}, not by the maps. Immutable.
 */
public final class KafkaSettings {
    /** The prefix under which a user sets them. */
    public static final String PREFIX = "kafka.";

    /** Room for the record batch around the largest record. */
    private static final int MAX_REQUEST_BYTES = Codec.MAX_RECORD_BYTES + 4096;

    private static final String VARIABLE_PREFIX = "KAFKA_";
    /** Holds, as a properties file, settings that a variable of their own cannot: an interceptor's, or an empty value. */
    private static final String OTHER_SETTINGS = "AFTERLEARNER_KAFKA_SETTINGS";

    private static final Set<String> RESERVED = Set.of(
            "group.id",
            "group.instance.id",
            "transactional.id",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer");
    /** A share consumer refuses to start with any of these. */
    private static final List<String> NOT_FOR_SHARE_CONSUMERS = List.of(
            "auto.offset.reset",
            "enable.auto.commit",
            "isolation.level",
            "partition.assignment.strategy",
            "interceptor.classes",
            "session.timeout.ms",
            "heartbeat.interval.ms",
            "group.protocol",
            "group.remote.assignor");

    private static final Map<String, ConfigDef.ConfigKey> KNOWN = Stream.of(
                    ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())
            .flatMap(definitions -> definitions.configKeys().values().stream())
            .collect(Collectors.toMap(key -> key.name, key -> key, (first, second) -> first));

    private final Map<String, String> user;

    private KafkaSettings(Map<String, String> user) {
        this.user = new TreeMap<>(user);
        this.user.keySet().removeAll(RESERVED);
    }

    /** Returns these settings, named as Kafka names them, such as {@code bootstrap.servers}. */
    public static KafkaSettings of(Map<String, ?> settings) {
        return new KafkaSettings(settings.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue()))));
    }

    /** Returns the settings of a properties file whose names are Kafka's own, as Kafka's command-line tools read it. */
    public static KafkaSettings of(Properties file) {
        return of(file.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, file::getProperty)));
    }

    /**
     * Returns the Kafka settings of a configuration: all names that begin with {@code kafka.}, environment variables such as
     * {@code KAFKA_SASL_MECHANISM} that stand for a setting Kafka's clients know, and the properties that the variable
     * {@code AFTERLEARNER_KAFKA_SETTINGS} holds. A dotted name wins over a variable, and a variable over these properties.
     *
     * @param names of all settings, Kafka's and others
     * @param lookup value of a name; null if it has none
     */
    public static KafkaSettings from(Iterable<String> names, Function<String, @Nullable String> lookup) {
        Map<String, String> dotted = new HashMap<>();
        Map<String, String> variables = otherSettings(lookup.apply(OTHER_SETTINGS));
        for (String name : names) {
            if (name.startsWith(PREFIX)) {
                put(dotted, name.substring(PREFIX.length()), lookup.apply(name));
            } else if (name.startsWith(VARIABLE_PREFIX)) {
                String setting = name.substring(VARIABLE_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                if (KNOWN.containsKey(setting)) {
                    put(variables, setting, lookup.apply(name));
                }
            }
        }
        variables.putAll(dotted);
        return new KafkaSettings(variables);
    }

    /** Returns the settings of this process: system properties {@code -Dkafka.…} and environment variables {@code KAFKA_…}. */
    public static KafkaSettings ofProcess() {
        Map<String, String> all = new HashMap<>(System.getenv());
        Properties properties = System.getProperties();
        properties.stringPropertyNames().forEach(name -> put(all, name, properties.getProperty(name)));
        return from(all.keySet(), all::get);
    }

    private static Map<String, String> otherSettings(@Nullable String text) {
        Properties others = new Properties();
        try {
            others.load(new StringReader(text == null ? "" : text));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(OTHER_SETTINGS + " is not a properties file: " + e.getMessage(), e);
        }
        return others.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, others::getProperty));
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            settings.put(name, value);
        }
    }

    private static String text(Object value) {
        return value instanceof Password secret ? secret.value() : value.toString();
    }

    /** Returns these settings with one changed or added. */
    public KafkaSettings with(String name, String value) {
        Map<String, String> changed = new HashMap<>(user);
        changed.put(name, value);
        return new KafkaSettings(changed);
    }

    /** Whether the user named brokers. */
    public boolean hasBootstrapServers() {
        return user.containsKey("bootstrap.servers");
    }

    /** The user's value of a setting; null if there is none. */
    public @Nullable String get(String name) {
        return user.get(name);
    }

    /** The brokers' addresses; empty if none are set. */
    public String bootstrapServers() {
        return user.getOrDefault("bootstrap.servers", "");
    }

    /** The user's settings as environment variables, from which {@link #from} in a child process reads exactly these. */
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        Properties others = new Properties();
        user.forEach((name, value) -> {
            // A child may read its environment in another encoding.
            if (KNOWN.containsKey(name)
                    && !value.isBlank()
                    && US_ASCII.newEncoder().canEncode(value)) {
                variables.put(VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_'), value);
            } else {
                others.put(name, value);
            }
        });
        variables.put(OTHER_SETTINGS, text(others));
        return variables;
    }

    private static String text(Properties properties) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(US_ASCII);
    }

    /**
     * Returns the settings of a consumer. It always has {@code isolation.level=read_committed}, so that it does not read an
     * aborted transaction, {@code enable.auto.commit=false} and {@code allow.auto.create.topics=false}. It starts at the
     * earliest record unless {@code ours} or the user says otherwise.
     *
     * @param ours the caller's settings; win over the user's
     */
    public Map<String, Object> consumer(Map<String, ?> ours) {
        Map<String, Object> settings = new HashMap<>(Map.of("auto.offset.reset", "earliest"));
        settings.putAll(merged(ours));
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        return settings;
    }

    /**
     * Returns the settings of a share consumer. It always has {@code share.acknowledgement.mode=explicit}; settings that a
     * share consumer refuses are dropped. The group's own settings, such as its isolation level, are set through
     * {@link Admin}.
     */
    public Map<String, Object> shareConsumer(Map<String, ?> ours) {
        Map<String, Object> settings = merged(ours);
        NOT_FOR_SHARE_CONSUMERS.forEach(settings::remove);
        settings.put("share.acknowledgement.mode", "explicit");
        return settings;
    }

    /**
     * Returns the settings of a producer. It always has {@code acks=all} and {@code enable.idempotence=true}, so that no
     * acknowledged record is lost or doubled, and a {@code max.request.size} that holds the largest record. It does not
     * linger unless {@code ours} or the user says otherwise.
     */
    public Map<String, Object> producer(Map<String, ?> ours) {
        Map<String, Object> settings = new HashMap<>(Map.of("linger.ms", 0));
        settings.putAll(merged(ours));
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("max.request.size", MAX_REQUEST_BYTES);
        return settings;
    }

    /** Returns the settings of an admin client. */
    public Map<String, Object> admin() {
        return merged(Map.of());
    }

    /** A consumer of string keys and encoded values with the settings of {@link #consumer}. */
    public KafkaConsumer<String, byte[]> newConsumer(Map<String, ?> ours) {
        return new KafkaConsumer<>(consumer(ours), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer of string keys and encoded values with the settings of {@link #producer}; see also {@link Sender}. */
    public KafkaProducer<String, byte[]> newProducer(Map<String, ?> ours) {
        return new KafkaProducer<>(producer(ours), new StringSerializer(), new ByteArraySerializer());
    }

    /** An admin client. */
    public Admin newAdmin() {
        return Admin.create(admin());
    }

    private Map<String, Object> merged(Map<String, ?> ours) {
        HiddenSettings.check(user);
        Map<String, Object> settings = new HashMap<>();
        if (user.getOrDefault("security.protocol", "").toUpperCase(Locale.ROOT).endsWith("SSL")) {
            settings.put("ssl.engine.factory.class", ReloadingSslEngineFactory.class);
        }
        // A Password prints as [hidden].
        user.forEach((name, value) -> settings.put(name, isSecret(name) ? new Password(value) : value));
        settings.putAll(ours);
        return settings;
    }

    private static boolean isSecret(String name) {
        ConfigDef.ConfigKey key = KNOWN.get(name);
        return key != null && key.type() == ConfigDef.Type.PASSWORD;
    }

    /** The brokers and the names of the other settings, without their values. */
    @Override
    public String toString() {
        Set<String> others = new TreeSet<>(user.keySet());
        others.remove("bootstrap.servers");
        return "Kafka at " + HiddenSettings.shown(bootstrapServers()) + (others.isEmpty() ? "" : " with " + others);
    }
}
