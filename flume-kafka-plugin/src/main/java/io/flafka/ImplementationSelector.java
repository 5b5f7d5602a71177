// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.util.List;
import org.apache.flume.Channel;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.Event;

/**
 * Passes our source's calls to the agent's channel selector. In the list of all channels it replaces each of our channels by its implementation,
 * because the source only knows the class of that.
 */
final class ImplementationSelector implements ChannelSelector {

    private final ChannelSelector selector;

    ImplementationSelector(ChannelSelector selector) {
        this.selector = selector;
    }

    @Override
    public List<Channel> getAllChannels() {
        return selector.getAllChannels().stream()
                .map(channel -> channel instanceof KafkaChannel ours ? ours.channel() : channel)
                .toList();
    }

    @Override
    public List<Channel> getRequiredChannels(Event event) {
        return selector.getRequiredChannels(event);
    }

    @Override
    public List<Channel> getOptionalChannels(Event event) {
        return selector.getOptionalChannels(event);
    }

    @Override
    public void setChannels(List<Channel> channels) {
        selector.setChannels(channels);
    }

    @Override
    public void configure(Context context) {
        selector.configure(context);
    }

    @Override
    public void setName(String name) {
        selector.setName(name);
    }

    @Override
    public String getName() {
        return selector.getName();
    }
}
