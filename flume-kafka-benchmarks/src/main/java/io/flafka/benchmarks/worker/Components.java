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

/** Makes the contender's components as Flume would: by class name, named, configured. */
record Components(Job job) {

    PollableSource source() {
        return make("source", PollableSource.class);
    }

    Sink sink() {
        return make("sink", Sink.class);
    }

    Channel channel() {
        return make("channel", Channel.class);
    }

    private <T extends NamedComponent> T make(String component, Class<T> type) {
        try {
            T made = type.cast(Class.forName(job.text(component + Keys.TYPE))
                    .getDeclaredConstructor()
                    .newInstance());
            made.setName(component);
            Map<String, String> settings = new TreeMap<>(job.settings(component));
            Configurables.configure(made, new Context(settings));
            return made;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cannot make the " + component, e);
        }
    }
}
