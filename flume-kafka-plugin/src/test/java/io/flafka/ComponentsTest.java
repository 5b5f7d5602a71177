// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.PollableSource;
import org.apache.flume.Sink;
import org.apache.flume.Transaction;
import org.apache.flume.annotations.Disposable;
import org.apache.flume.channel.AbstractChannel;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.apache.flume.event.SimpleEvent;
import org.apache.flume.lifecycle.LifecycleState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of the thin classes, which pass them to implementations that are compiled into a real jar. */
class ComponentsTest {

    @TempDir
    private static Path folder;

    private static IsolatedClassLoader isolated;

    private final ClassLoader agentLoader = Thread.currentThread().getContextClassLoader();

    @BeforeAll
    static void compile() throws IOException {
        isolated = RecordingPlugin.loaderOf(folder);
    }

    @AfterAll
    static void close() throws IOException {
        isolated.close();
    }

    @AfterEach
    void assertContextClassLoaderIsRestored() {
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(agentLoader);
    }

    @Test
    void sourceIsIsolatedAndRecordingChannelIsNot() throws Exception {
        RecordingChannel channel = new RecordingChannel();
        KafkaSource source = new KafkaSource(isolated);

        source.setName("s");
        source.configure(new Context());
        source.setChannelProcessor(processorOf(channel));
        source.start();
        assertThat(source.process()).isEqualTo(PollableSource.Status.BACKOFF);
        source.stop();

        assertThat(source).hasToString("new configure start process processed stop");
        assertThat(channel.contextLoaders).hasSize(10).containsOnly(agentLoader);
        assertThat(source.getName()).isEqualTo("s");
        assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.START);
        assertThat(source.getBatchSize()).isEqualTo(17);
        assertThat(source.getBackOffSleepIncrement()).isEqualTo(3);
        assertThat(source.getMaxBackOffSleepInterval()).isEqualTo(5);
        assertThat(source.getChannelProcessor().getSelector().getAllChannels()).containsExactly(channel);
    }

    @Test
    void sinkIsIsolatedAndRecordingChannelIsNot() throws Exception {
        RecordingChannel channel = new RecordingChannel();
        KafkaSink sink = new KafkaSink(isolated);

        sink.setName("k");
        sink.configure(new Context());
        sink.setChannel(channel);
        sink.start();
        assertThat(sink.process()).isEqualTo(Sink.Status.READY);
        sink.stop();

        assertThat(sink).hasToString("new configure start process processed stop");
        assertThat(channel.contextLoaders).hasSize(5).containsOnly(agentLoader);
        assertThat(sink.getName()).isEqualTo("k");
        assertThat(sink.getLifecycleState()).isEqualTo(LifecycleState.START);
        assertThat(sink.getBatchSize()).isEqualTo(17);
        assertThat(sink.getChannel()).isSameAs(channel);
    }

    @Test
    void aChannelThatIsNotIsolatedStillTellsItsCapacity() {
        MemoryChannel limited = new MemoryChannel();
        limited.setName("m");
        limited.configure(new Context(Map.of("capacity", "1000", "transactionCapacity", "500")));

        assertThat(LoaderBoundChannel.of(limited, agentLoader))
                .isInstanceOfSatisfying(
                        TransactionCapacitySupported.class,
                        channel -> assertThat(channel.getTransactionCapacity()).isEqualTo(500));
        assertThat(LoaderBoundChannel.of(new RecordingChannel(), agentLoader))
                .isNotInstanceOf(TransactionCapacitySupported.class);
    }

    @Test
    void channelAndItsTransactionsAreIsolated() {
        KafkaChannel channel = new KafkaChannel(isolated);

        channel.setName("c");
        channel.configure(new Context());
        channel.start();
        Transaction put = channel.getTransaction();
        put.begin();
        channel.put(new SimpleEvent());
        put.commit();
        put.close();
        Transaction take = channel.getTransaction();
        take.begin();
        channel.take();
        take.rollback();
        take.close();
        channel.stop();

        assertThat(channel)
                .hasToString("new configure start getTransaction begin put commit close"
                        + " getTransaction begin take rollback close stop");
        assertThat(channel.getName()).isEqualTo("c");
        assertThat(channel.getLifecycleState()).isEqualTo(LifecycleState.START);
    }

    @Test
    void ourSinkGetsImplementationOfOurChannel() throws Exception {
        KafkaChannel channel = new KafkaChannel(isolated);
        KafkaSink sink = new KafkaSink(isolated);

        sink.setChannel(channel);
        sink.process();

        assertThat(((Sink) implementationOf(sink)).getChannel()).isSameAs(channel.channel());
        assertThat(channel).hasToString("new getTransaction begin take commit close");
        assertThat(sink.getChannel()).isSameAs(channel);
    }

    @Test
    void ourSourceGetsImplementationOfOurChannel() {
        KafkaChannel ours = new KafkaChannel(isolated);
        RecordingChannel agents = new RecordingChannel();
        KafkaSource source = new KafkaSource(isolated);

        ChannelProcessor processor = processorOf(ours);
        processor.getSelector().setChannels(List.of(ours, agents));
        processor.getSelector().configure(new Context());
        source.setChannelProcessor(processor);

        ChannelSelector seen = source.getChannelProcessor().getSelector();
        assertThat(seen.getAllChannels()).containsExactly(ours.channel(), agents);
        assertThat(seen.getRequiredChannels(new SimpleEvent())).containsExactly(ours, agents);
        assertThat(seen.getOptionalChannels(new SimpleEvent())).isEmpty();
    }

    @Test
    void everyCallThatFailsRestoresContextClassLoader() {
        KafkaChannel channel = new KafkaChannel(isolated);
        KafkaSource source = new KafkaSource(isolated);
        KafkaSink sink = new KafkaSink(isolated);
        channel.setName("failing");
        source.setName("failing");
        sink.setName("failing");
        Transaction transaction = channel.getTransaction();

        assertFails("configure", () -> channel.configure(new Context()));
        assertFails("start", channel::start);
        assertFails("put", () -> channel.put(new SimpleEvent()));
        assertFails("take", channel::take);
        assertFails("begin", transaction::begin);
        assertFails("commit", transaction::commit);
        assertFails("rollback", transaction::rollback);
        assertFails("close", transaction::close);
        assertFails("stop", channel::stop);
        assertFails("configure", () -> source.configure(new Context()));
        assertFails("start", source::start);
        assertFails("process", () -> callProcess(source));
        assertFails("stop", source::stop);
        assertFails("configure", () -> sink.configure(new Context()));
        assertFails("start", sink::start);
        assertFails("process", () -> callProcess(sink));
        assertFails("stop", sink::stop);
    }

    @Test
    void componentsHaveInterfacesThatFlumeChecks() {
        assertThat(new KafkaSource(isolated)).isInstanceOf(Configurable.class).isInstanceOf(BatchSizeSupported.class);
        assertThat(new KafkaSink(isolated)).isInstanceOf(Configurable.class).isInstanceOf(BatchSizeSupported.class);
        assertThat(new KafkaChannel(isolated))
                .isInstanceOf(Configurable.class)
                .isInstanceOf(TransactionCapacitySupported.class);
        assertThat(new KafkaChannel(isolated).getTransactionCapacity()).isEqualTo(19);
        assertThat(KafkaChannel.class.isAnnotationPresent(Disposable.class)).isFalse();
    }

    private void assertFails(String call, Runnable calling) {
        assertThatThrownBy(calling::run).isInstanceOf(ChannelException.class).hasMessage(call);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(agentLoader);
    }

    private static void callProcess(PollableSource source) {
        try {
            source.process();
        } catch (org.apache.flume.EventDeliveryException e) {
            throw new AssertionError(e);
        }
    }

    private static void callProcess(Sink sink) {
        try {
            sink.process();
        } catch (org.apache.flume.EventDeliveryException e) {
            throw new AssertionError(e);
        }
    }

    private static Object implementationOf(KafkaSink sink) throws ReflectiveOperationException {
        var field = KafkaSink.class.getDeclaredField("sink");
        field.setAccessible(true);
        return field.get(sink);
    }

    private static ChannelProcessor processorOf(Channel channel) {
        ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
        selector.setChannels(List.of(channel));
        selector.configure(new Context());
        return new ChannelProcessor(selector);
    }

    /** A channel of the agent, which records the context class loader of each call. */
    private static final class RecordingChannel extends AbstractChannel implements Transaction {

        private final List<ClassLoader> contextLoaders = new ArrayList<>();

        private void recordLoader() {
            contextLoaders.add(Thread.currentThread().getContextClassLoader());
        }

        @Override
        public void put(Event event) {
            recordLoader();
        }

        @Override
        public Event take() {
            recordLoader();
            return new SimpleEvent();
        }

        @Override
        public Transaction getTransaction() {
            recordLoader();
            return this;
        }

        @Override
        public void begin() {
            recordLoader();
        }

        @Override
        public void commit() {
            recordLoader();
        }

        @Override
        public void rollback() {
            recordLoader();
        }

        @Override
        public void close() {
            recordLoader();
        }
    }
}
