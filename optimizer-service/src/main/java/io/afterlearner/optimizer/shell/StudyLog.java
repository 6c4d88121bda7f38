package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Bookkeeping;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.UndecodableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The studies in the state store: a study's spec under {@code study 00 A}, its bookkeeping under {@code study 00 B}, and its
 * events in batches under {@code study 00 C sequence}. In the store's order the events come back in sequence.
 */
final class StudyLog {

    /** Receives the store's content study by study: the spec, the bookkeeping, the events in order. */
    interface Reader {
        void spec(StudySpec spec);

        void bookkeeping(String study, Bookkeeping bookkeeping);

        /** @param bytes size of the event in the log */
        void event(TrialEvent event, int bytes);
    }

    /** A batch is one record of the changelog; only a single event may be larger. */
    private static final int MAX_BATCH_BYTES = 1 << 20;

    private static final byte SPEC = 'A';
    private static final byte MARGIN = 'B';
    private static final byte EVENTS = 'C';

    private final KeyValueStore<Bytes, byte[]> store;
    private final Codec<StudySpec> specs = Codec.of(StudySpec.class);
    private final Codec<TrialEvent> events = Codec.of(TrialEvent.class);

    StudyLog(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void write(StudySpec spec) {
        store.put(key(spec.getStudy(), SPEC), specs.encode(spec));
    }

    void write(String study, Bookkeeping bookkeeping) {
        store.put(key(study, MARGIN), encode(bookkeeping));
    }

    /** Appends events of consecutive sequences; {@code encoded} are the same as bytes. */
    void append(String study, long firstSequence, List<byte[]> encoded) {
        int from = 0;
        while (from < encoded.size()) {
            int to = from;
            int size = 0;
            while (to < encoded.size() && (to == from || size + encoded.get(to).length < MAX_BATCH_BYTES)) {
                size += Integer.BYTES + encoded.get(to).length;
                to++;
            }
            ByteBuffer batch = ByteBuffer.allocate(size);
            encoded.subList(from, to)
                    .forEach(bytes -> batch.putInt(bytes.length).put(bytes));
            store.put(key(study, EVENTS, firstSequence + from), batch.array());
            from = to;
        }
    }

    /** Deletes everything about a study. */
    void forget(String study) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = of(study)) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(store::delete);
    }

    private KeyValueIterator<Bytes, byte[]> of(String study) {
        return store.range(key(study, SPEC), key(study, EVENTS, Long.MAX_VALUE));
    }

    void readAll(Reader reader) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            read(all, reader);
        }
    }

    void read(String study, Reader reader) {
        try (KeyValueIterator<Bytes, byte[]> all = of(study)) {
            read(all, reader);
        }
    }

    private void read(KeyValueIterator<Bytes, byte[]> entries, Reader reader) {
        while (entries.hasNext()) {
            KeyValue<Bytes, byte[]> entry = entries.next();
            byte[] key = entry.key.get();
            int end = 0;
            while (key[end] != 0) {
                end++;
            }
            try {
                switch (key[end + 1]) {
                    case SPEC -> reader.spec(specs.decode(entry.value));
                    case MARGIN ->
                        reader.bookkeeping(new String(key, 0, end, StandardCharsets.UTF_8), decode(entry.value));
                    case EVENTS -> readBatch(entry.value, reader);
                    default -> throw new IllegalStateException("unknown entry in the state store");
                }
            } catch (UndecodableException e) {
                throw new IllegalStateException("the state store is damaged", e);
            }
        }
    }

    private void readBatch(byte[] bytes, Reader reader) throws UndecodableException {
        ByteBuffer batch = ByteBuffer.wrap(bytes);
        while (batch.hasRemaining()) {
            byte[] event = new byte[batch.getInt()];
            batch.get(event);
            reader.event(events.decode(event), event.length);
        }
    }

    private static byte[] encode(Bookkeeping bookkeeping) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(bookkeeping.duplicate());
            out.writeLong(bookkeeping.late());
            out.writeLong(bookkeeping.unknown());
            out.writeInt(bookkeeping.commands().size());
            for (String id : bookkeeping.commands()) {
                out.writeUTF(id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Bookkeeping decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long duplicate = in.readLong();
            long late = in.readLong();
            long unknown = in.readLong();
            List<String> commands = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                commands.add(in.readUTF());
            }
            return new Bookkeeping(duplicate, late, unknown, commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes key(String study, byte kind, long... sequence) {
        byte[] name = study.getBytes(StandardCharsets.UTF_8);
        ByteBuffer key = ByteBuffer.allocate(name.length + 2 + Long.BYTES * sequence.length);
        key.put(name).put((byte) 0).put(kind);
        Arrays.stream(sequence).forEach(key::putLong);
        return Bytes.wrap(key.array());
    }
}
