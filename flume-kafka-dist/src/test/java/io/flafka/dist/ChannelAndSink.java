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

/**
 * The real channel and the real sink that drains it. The test calls the sink as Flume's runner does. {@link #close}
 * stops both. For one thread.
 */
final class ChannelAndSink implements AutoCloseable {

    private final ChannelComponent channel = new ChannelComponent();
    private final SinkComponent sink = new SinkComponent();

    /** Puts events into the channel in one transaction, as a source does. */
    void put(List<Event> events) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        events.forEach(channel::put);
        transaction.commit();
        transaction.close();
    }

    /**
     * Starts both. Each is named after its topic.
     *
     * @param channelTopic the channel's topic, with plain records
     * @param ofChannel further properties of the channel
     * @param out the sink's topic
     * @param ofSink further properties of the sink
     */
    void start(TestTopic channelTopic, Map<String, String> ofChannel, TestTopic out, Map<String, String> ofSink) {
        channel.setName("c-" + channelTopic.name());
        sink.setName("k-" + out.name());
        startNamed(channelTopic, ofChannel, out, ofSink);
    }

    /** Same as {@link #start}, but both components have the same name. */
    void startAs(
            String name,
            TestTopic channelTopic,
            Map<String, String> ofChannel,
            TestTopic out,
            Map<String, String> ofSink) {
        channel.setName(name);
        sink.setName(name);
        startNamed(channelTopic, ofChannel, out, ofSink);
    }

    private void startNamed(
            TestTopic channelTopic, Map<String, String> ofChannel, TestTopic out, Map<String, String> ofSink) {
        Map<String, String> toChannel = new HashMap<>(ofChannel);
        toChannel.put("kafka.bootstrap.servers", channelTopic.bootstrapServers());
        toChannel.put("kafka.topic", channelTopic.name());
        toChannel.put("kafka.consumer.group.id", channelTopic.name());
        toChannel.put("kafka.consumer.client.id", channelTopic.name());
        toChannel.put("kafka.producer.client.id", channelTopic.name());
        toChannel.put("parseAsFlumeEvent", "false");
        channel.configure(new Context(toChannel));

        Map<String, String> toSink = new HashMap<>(ofSink);
        toSink.put("kafka.bootstrap.servers", out.bootstrapServers());
        toSink.put("kafka.topic", out.name());
        toSink.put("kafka.producer.client.id", out.name());
        sink.setChannel(channel);
        sink.configure(new Context(toSink));

        // As Flume does: all are configured before the first starts.
        channel.start();
        sink.start();
    }

    /** Calls the sink once. */
    Status process() throws EventDeliveryException {
        return sink.process();
    }

    @Override
    public void close() {
        sink.stop();
        channel.stop();
    }
}
