// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.channel.ChannelComponent;
import io.flafka.sink.SinkComponent;
import io.flafka.testing.TestTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.Transaction;

/** The real channel and the real sink that drains it, called as Flume's runner calls it. Closing it stops both. For one thread. */
final class ChannelAndSink implements AutoCloseable {

    private final ChannelComponent channel = new ChannelComponent();
    private final SinkComponent sink = new SinkComponent();

    /** The events in one transaction of the channel's, as a source puts them. */
    void put(List<Event> events) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        events.forEach(channel::put);
        transaction.commit();
        transaction.close();
    }

    /**
     * Starts both, each with its topic's name in its own.
     *
     * @param kept the channel's topic, whose records are plain
     * @param ofChannel more of the channel's properties
     * @param out the sink's topic
     * @param ofSink more of the sink's properties
     */
    void start(TestTopic kept, Map<String, String> ofChannel, TestTopic out, Map<String, String> ofSink) {
        channel.setName("c-" + kept.name());
        sink.setName("k-" + out.name());
        startNamed(kept, ofChannel, out, ofSink);
    }

    /** The same, but both have one name. */
    void startAs(
            String name, TestTopic kept, Map<String, String> ofChannel, TestTopic out, Map<String, String> ofSink) {
        channel.setName(name);
        sink.setName(name);
        startNamed(kept, ofChannel, out, ofSink);
    }

    private void startNamed(TestTopic kept, Map<String, String> ofChannel, TestTopic out, Map<String, String> ofSink) {
        Map<String, String> toChannel = new HashMap<>(ofChannel);
        toChannel.put("kafka.bootstrap.servers", kept.bootstrapServers());
        toChannel.put("kafka.topic", kept.name());
        toChannel.put("kafka.consumer.group.id", kept.name());
        toChannel.put("kafka.consumer.client.id", kept.name());
        toChannel.put("kafka.producer.client.id", kept.name());
        toChannel.put("parseAsFlumeEvent", "false");
        channel.configure(new Context(toChannel));
        channel.start();

        Map<String, String> toSink = new HashMap<>(ofSink);
        toSink.put("kafka.bootstrap.servers", out.bootstrapServers());
        toSink.put("kafka.topic", out.name());
        toSink.put("kafka.producer.client.id", out.name());
        sink.setChannel(channel);
        sink.configure(new Context(toSink));
        sink.start();
    }

    /** One call of the sink's. */
    Status process() throws EventDeliveryException {
        return sink.process();
    }

    @Override
    public void close() {
        sink.stop();
        channel.stop();
    }
}
