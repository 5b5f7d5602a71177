// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.conf.Configurable;
import org.apache.flume.conf.TransactionCapacitySupported;

/**
 * The Kafka channel that an agent file names. It passes every call to the isolated implementation, and so do its transactions.
 *
 * <p>It is not {@code Disposable}: when the agent file is reloaded, Flume keeps the instance and configures it again.
 */
@SuppressWarnings("try") // The resource is only opened and closed: see ContextClassLoaderSwap.
public class KafkaChannel extends LoaderBoundChannel implements Configurable, TransactionCapacitySupported {

    /**
     * Creates the implementation.
     *
     * @throws org.apache.flume.FlumeException if the plugin's folder does not have the layout of the zip
     */
    public KafkaChannel() {
        this(IsolatedClassLoader.ofThisJvm());
    }

    KafkaChannel(IsolatedClassLoader isolated) {
        super(isolated.newComponent("io.flafka.channel.ChannelComponent", Channel.class), isolated);
    }

    @Override
    public void configure(Context context) {
        try (ContextClassLoaderSwap swap = swapLoader()) {
            ((Configurable) channel()).configure(context);
        }
    }

    @Override
    public long getTransactionCapacity() {
        try (ContextClassLoaderSwap swap = swapLoader()) {
            return ((TransactionCapacitySupported) channel()).getTransactionCapacity();
        }
    }
}
