// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import java.util.List;

/** All pipelines. */
public final class Pipelines {

    private Pipelines() {}

    /** Returns them in the order in which they are run. */
    public static List<Pipeline> all() {
        return List.of(
                new SeqChannelSink(),
                new SourceFileChannelSink(),
                new ChannelSinkExactlyOnce(),
                new SourceChannelSinkExactlyOnce(),
                new TransactionalPut(),
                new ChannelRollingFile(),
                new FailoverTwoClusters(),
                new SlowInterceptorSource(),
                new RecreatedTopic());
    }

    /**
     * Returns the pipeline with a name.
     *
     * @throws IllegalArgumentException if no pipeline has that name; the message lists all names
     */
    public static Pipeline named(String name) {
        return all().stream()
                .filter(pipeline -> pipeline.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No pipeline " + name + "; there are "
                        + all().stream().map(Pipeline::name).toList()));
    }
}
