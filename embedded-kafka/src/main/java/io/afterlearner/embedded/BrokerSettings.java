package io.afterlearner.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** The settings that make a broker fit for one machine: everything single, nothing waited for, little memory. */
final class BrokerSettings {

    private BrokerSettings() {}

    static Properties of(Path data, int brokerPort, int controllerPort) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        p.setProperty("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        p.setProperty("log.dirs", data.toString());
        p.setProperty("auto.create.topics.enable", "false");
        oneOfEach(p);
        prompt(p);
        small(p);
        return p;
    }

    private static void oneOfEach(Properties p) {
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "1");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "1");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.num.partitions", "1");
        p.setProperty("default.replication.factor", "1");
        p.setProperty("min.insync.replicas", "1");
        p.setProperty("num.partitions", "1");
    }

    private static void prompt(Properties p) {
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        // Killed, and started again at once, it is not let in before the session of its former self is over.
        p.setProperty("broker.session.timeout.ms", "4000");
        p.setProperty("broker.heartbeat.interval.ms", "500");
        // A client killed in the middle of a transaction holds up read_committed readers until this looks.
        p.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
        // A transaction that follows close upon another waits this long on the broker while that one completes.
        p.setProperty("add.partitions.to.txn.retry.backoff.ms", "1");
        // Members that died without a word are missed sooner than the 45 s of a data centre.
        p.setProperty("group.min.session.timeout.ms", "1000");
        p.setProperty("group.consumer.min.session.timeout.ms", "1000");
        p.setProperty("group.consumer.min.heartbeat.interval.ms", "300");
        p.setProperty("group.share.min.record.lock.duration.ms", "1000");
        // The first member of a fresh broker's first share group learns at its second heartbeat what to read.
        p.setProperty("group.share.min.heartbeat.interval.ms", "500");
        p.setProperty("group.share.heartbeat.interval.ms", "500");
    }

    private static void small(Properties p) {
        p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "2");
        p.setProperty("log.segment.bytes", "67108864");
    }
}
