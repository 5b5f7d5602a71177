// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.util.List;
import org.apache.flume.Channel;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.Event;

/** The agent's channel selector as our source sees it: among all channels it finds our own as their implementations, whose class it knows. */
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
