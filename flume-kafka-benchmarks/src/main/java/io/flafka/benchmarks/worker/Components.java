// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.NamedComponent;
import org.apache.flume.PollableSource;
import org.apache.flume.Sink;
import org.apache.flume.conf.Configurables;

/** Creates the contender's components as Flume does: by class name, with a name and a configuration. */
record Components(Job job) {

    PollableSource source() {
        return create("source", PollableSource.class);
    }

    Sink sink() {
        return create("sink", Sink.class);
    }

    /** Creates one of several sources. */
    PollableSource source(int number) {
        return create("source", "source-" + number, PollableSource.class);
    }

    /** Creates one of several sinks. */
    Sink sink(int number) {
        return create("sink", "sink-" + number, Sink.class);
    }

    Channel channel() {
        return create("channel", Channel.class);
    }

    /** Creates one of several channels. */
    Channel channel(int number) {
        return create("channel", "channel-" + number, Channel.class);
    }

    /** Creates the contender's own kind of copy, or else a copy from its channel to its sink. */
    Copy copy() {
        if (!job.has("copy" + Keys.TYPE)) {
            return new ChannelCopy(channel(), sink());
        }
        try {
            return Class.forName(job.text("copy" + Keys.TYPE))
                    .asSubclass(Copy.class)
                    .getDeclaredConstructor(Map.class)
                    .newInstance(job.settings("copy"));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cannot create the copy", e);
        }
    }

    private <T extends NamedComponent> T create(String kind, Class<T> type) {
        return create(kind, kind, type);
    }

    private <T extends NamedComponent> T create(String kind, String name, Class<T> type) {
        try {
            T component = type.cast(Class.forName(job.text(kind + Keys.TYPE))
                    .getDeclaredConstructor()
                    .newInstance());
            component.setName(name);
            Map<String, String> settings = new TreeMap<>(job.settings(kind));
            settings.replaceAll((key, value) -> value.replace(Keys.NAME, name));
            Configurables.configure(component, new Context(settings));
            return component;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cannot create the " + kind, e);
        }
    }
}
