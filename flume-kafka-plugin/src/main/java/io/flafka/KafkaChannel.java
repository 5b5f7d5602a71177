// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.conf.Configurable;
import org.apache.flume.conf.TransactionCapacitySupported;

/**
 * The Kafka channel that an agent file names: passes every call on to the implementation in isolation, as do the transactions it
 * gives out.
 *
 * <p>Not {@code Disposable}: Flume keeps the instance over a reload of the agent file and configures it again.
 */
@SuppressWarnings("try") // The resource is not used but held: see ContextClassLoaderSwap.
public class KafkaChannel extends LoaderBoundChannel implements Configurable, TransactionCapacitySupported {

    /**
     * Makes the implementation.
     *
     * @throws org.apache.flume.FlumeException if the plugin's folder is not laid out as it was unzipped
     */
    public KafkaChannel() {
        this(IsolatedClassLoader.ofThisJvm());
    }

    KafkaChannel(IsolatedClassLoader isolated) {
        super(isolated.newComponent("io.flafka.channel.ChannelComponent", Channel.class), isolated);
    }

    @Override
    public void configure(Context context) {
        try (ContextClassLoaderSwap swap = swap()) {
            ((Configurable) channel()).configure(context);
        }
    }

    @Override
    public long getTransactionCapacity() {
        try (ContextClassLoaderSwap swap = swap()) {
            return ((TransactionCapacitySupported) channel()).getTransactionCapacity();
        }
    }
}
