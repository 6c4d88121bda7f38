package io.afterlearner.local.fuzz;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.jspecify.annotations.Nullable;

/** A produce request of a client that is no Java producer: its record has no timestamp, which Kafka writes as -1. */
final class RawProduce {
    /** The last version that names topics; later ones have their ids. */
    private static final short VERSION = 12;

    private static final int TIMEOUT_MILLIS = 20_000;

    private RawProduce() {}

    /** @return Kafka's error code; 0 if the broker has the record */
    static short send(int port, String topic, byte @Nullable [] key, byte @Nullable [] value) throws IOException {
        RequestHeaderData header = new RequestHeaderData()
                .setRequestApiKey(ApiKeys.PRODUCE.id)
                .setRequestApiVersion(VERSION)
                .setClientId("raw");
        ByteBuffer head = bytes(header, ApiKeys.PRODUCE.requestHeaderVersion(VERSION));
        ByteBuffer body = bytes(request(topic, key, value), VERSION);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(head.remaining() + body.remaining());
            out.write(array(head));
            out.write(array(body));
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return error(in.readNBytes(in.readInt()));
        }
    }

    private static ProduceRequestData request(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        MemoryRecords records = MemoryRecords.withRecords(
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.NONE,
                new SimpleRecord(RecordBatch.NO_TIMESTAMP, key, value));
        TopicProduceData to = new TopicProduceData()
                .setName(topic)
                .setPartitionData(List.of(new PartitionProduceData().setIndex(0).setRecords(records)));
        return new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(TIMEOUT_MILLIS)
                .setTopicData(new TopicProduceDataCollection(List.of(to).iterator()));
    }

    private static short error(byte[] answer) {
        ByteBuffer buffer = ByteBuffer.wrap(answer);
        // The response's header: the correlation id, and no tagged fields.
        buffer.position(Integer.BYTES + 1);
        ProduceResponseData response = new ProduceResponseData(new ByteBufferAccessor(buffer), VERSION);
        return response.responses()
                .iterator()
                .next()
                .partitionResponses()
                .get(0)
                .errorCode();
    }

    private static ByteBuffer bytes(Message message, short version) {
        return MessageUtil.toByteBufferAccessor(message, version).buffer();
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
