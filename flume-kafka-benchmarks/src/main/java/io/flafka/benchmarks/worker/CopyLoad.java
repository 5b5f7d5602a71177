// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A copy from topic to topic. Its events are those that the driver can read at the output. */
final class CopyLoad implements Load {
    private final SharedCount readable;
    private final Copy copy;

    CopyLoad(Job job) {
        try {
            readable = SharedCount.in(Path.of(job.text(Keys.READABLE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copy = new Components(job).copy();
    }

    @Override
    public void start() {
        copy.start();
    }

    @Override
    public long events() {
        return readable.get();
    }

    @Override
    public CallTimes calls() {
        return copy.calls();
    }

    @Override
    public void stop() {
        copy.stop();
    }

    @Override
    public void check() {
        copy.check();
    }
}
