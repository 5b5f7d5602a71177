// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import io.flafka.testing.CompiledJar;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A plugin folder whose implementations write down each call they get, with the context class loader they saw: {@code start} for
 * the isolated one, {@code start!} for any other. Their {@code toString} gives the list. Named {@code failing}, they throw.
 */
final class SamplingPlugin {

    private static final String CALLS = """
            package io.flafka.sampling;
            public class Calls {
                private final StringBuilder calls = new StringBuilder();
                private String name = "";
                public Calls() { see("new"); }
                public void see(String call) {
                    boolean isolated = Thread.currentThread().getContextClassLoader() == getClass().getClassLoader();
                    calls.append(calls.isEmpty() ? "" : " ").append(call).append(isolated ? "" : "!");
                    if (name.equals("failing") && !call.equals("getTransaction")) throw new org.apache.flume.ChannelException(call);
                }
                public void setName(String name) { this.name = name; }
                public String getName() { return name; }
                public void configure(org.apache.flume.Context context) { see("configure"); }
                public void start() { see("start"); }
                public void stop() { see("stop"); }
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
            public class SourceComponent extends io.flafka.sampling.Calls
                    implements PollableSource, org.apache.flume.conf.Configurable, org.apache.flume.conf.BatchSizeSupported {
                private ChannelProcessor processor;
                public Status process() {
                    see("process");
                    processor.processEvent(new org.apache.flume.event.SimpleEvent());
                    processor.processEventBatch(java.util.List.of(new org.apache.flume.event.SimpleEvent()));
                    see("processed");
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
            public class SinkComponent extends io.flafka.sampling.Calls
                    implements org.apache.flume.Sink, org.apache.flume.conf.Configurable, org.apache.flume.conf.BatchSizeSupported {
                private Channel channel;
                public Status process() {
                    see("process");
                    Transaction transaction = channel.getTransaction();
                    transaction.begin();
                    channel.take();
                    transaction.commit();
                    transaction.close();
                    see("processed");
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
            public class ChannelComponent extends io.flafka.sampling.Calls
                    implements org.apache.flume.Channel, org.apache.flume.conf.Configurable,
                        org.apache.flume.conf.TransactionCapacitySupported {
                public long getTransactionCapacity() { return 19; }
                public void put(Event event) { see("put"); }
                public Event take() { see("take"); return new org.apache.flume.event.SimpleEvent(); }
                public Transaction getTransaction() {
                    see("getTransaction");
                    return new Transaction() {
                        public void begin() { see("begin"); }
                        public void commit() { see("commit"); }
                        public void rollback() { see("rollback"); }
                        public void close() { see("close"); }
                    };
                }
            }
            """;

    private SamplingPlugin() {}

    /** Compiles the implementations into the folder's {@code kafka}. */
    static void unzipTo(Path folder) throws IOException {
        new CompiledJar()
                .source("io.flafka.sampling.Calls", CALLS)
                .source("io.flafka.source.SourceComponent", SOURCE)
                .source("io.flafka.sink.SinkComponent", SINK)
                .source("io.flafka.channel.ChannelComponent", CHANNEL)
                .writeTo(folder.resolve("kafka/implementation-1.jar"));
    }

    static IsolatedClassLoader loaderOf(Path folder) throws IOException {
        unzipTo(folder);
        PluginFolder plugin = PluginFolder.ofPluginJar(folder.resolve("lib/plugin.jar"));
        return new IsolatedClassLoader(plugin, SamplingPlugin.class.getClassLoader());
    }
}
