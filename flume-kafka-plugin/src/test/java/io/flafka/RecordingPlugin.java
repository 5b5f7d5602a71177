// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import io.flafka.testing.CompiledJar;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A plugin folder whose implementations record their calls. {@code toString} returns the list: {@code start} for a call with the isolated context
 * class loader, {@code start!} for a call with another one. An implementation with the name {@code failing} throws.
 */
final class RecordingPlugin {

    private static final String CALLS = """
            package io.flafka.recording;
            public class Calls {
                private final StringBuilder calls = new StringBuilder();
                private String name = "";
                public Calls() { record("new"); }
                public void record(String call) {
                    boolean isolated = Thread.currentThread().getContextClassLoader() == getClass().getClassLoader();
                    calls.append(calls.isEmpty() ? "" : " ").append(call).append(isolated ? "" : "!");
                    if (name.equals("failing") && !call.equals("getTransaction")) throw new org.apache.flume.ChannelException(call);
                }
                public void setName(String name) { this.name = name; }
                public String getName() { return name; }
                public void configure(org.apache.flume.Context context) { record("configure"); }
                public void start() { record("start"); }
                public void stop() { record("stop"); }
                public org.apache.flume.lifecycle.LifecycleState getLifecycleState() {
                    return org.apache.flume.lifecycle.LifecycleState.START;
                }
                public long getBatchSize() { return 17; }
                @Override public String toString() { return calls.toString(); }
            }
            """;

    private static final String SOURCE = """
            package io.flafka.source;
            import org.apache.flume.PollableSource;
            import org.apache.flume.channel.ChannelProcessor;
            public class SourceComponent extends io.flafka.recording.Calls
                    implements PollableSource, org.apache.flume.conf.Configurable, org.apache.flume.conf.BatchSizeSupported {
                private ChannelProcessor processor;
                public Status process() {
                    record("process");
                    processor.processEvent(new org.apache.flume.event.SimpleEvent());
                    processor.processEventBatch(java.util.List.of(new org.apache.flume.event.SimpleEvent()));
                    record("processed");
                    return Status.BACKOFF;
                }
                public long getBackOffSleepIncrement() { return 3; }
                public long getMaxBackOffSleepInterval() { return 5; }
                public void setChannelProcessor(ChannelProcessor processor) { this.processor = processor; }
                public ChannelProcessor getChannelProcessor() { return processor; }
            }
            """;

    private static final String SINK = """
            package io.flafka.sink;
            import org.apache.flume.Channel;
            import org.apache.flume.Transaction;
            public class SinkComponent extends io.flafka.recording.Calls
                    implements org.apache.flume.Sink, org.apache.flume.conf.Configurable, org.apache.flume.conf.BatchSizeSupported {
                private Channel channel;
                public Status process() {
                    record("process");
                    Transaction transaction = channel.getTransaction();
                    transaction.begin();
                    channel.take();
                    transaction.commit();
                    transaction.close();
                    record("processed");
                    return Status.READY;
                }
                public void setChannel(Channel channel) { this.channel = channel; }
                public Channel getChannel() { return channel; }
            }
            """;

    private static final String CHANNEL = """
            package io.flafka.channel;
            import org.apache.flume.Event;
            import org.apache.flume.Transaction;
            public class ChannelComponent extends io.flafka.recording.Calls
                    implements org.apache.flume.Channel, org.apache.flume.conf.Configurable,
                        org.apache.flume.conf.TransactionCapacitySupported {
                public long getTransactionCapacity() { return 19; }
                public void put(Event event) { record("put"); }
                public Event take() { record("take"); return new org.apache.flume.event.SimpleEvent(); }
                public Transaction getTransaction() {
                    record("getTransaction");
                    return new Transaction() {
                        public void begin() { record("begin"); }
                        public void commit() { record("commit"); }
                        public void rollback() { record("rollback"); }
                        public void close() { record("close"); }
                    };
                }
            }
            """;

    private RecordingPlugin() {}

    /** Compiles the implementations into the folder's {@code kafka}. */
    static void unzipTo(Path folder) throws IOException {
        new CompiledJar()
                .addSource("io.flafka.recording.Calls", CALLS)
                .addSource("io.flafka.source.SourceComponent", SOURCE)
                .addSource("io.flafka.sink.SinkComponent", SINK)
                .addSource("io.flafka.channel.ChannelComponent", CHANNEL)
                .writeTo(folder.resolve("kafka/implementation-1.jar"));
    }

    static IsolatedClassLoader loaderOf(Path folder) throws IOException {
        unzipTo(folder);
        PluginFolder plugin = PluginFolder.ofPluginJar(folder.resolve("lib/plugin.jar"));
        return new IsolatedClassLoader(plugin, RecordingPlugin.class.getClassLoader());
    }
}
