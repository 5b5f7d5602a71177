// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.load;

import java.util.List;

/** Hands events to a pipeline. For one thread. */
public interface Sender extends AutoCloseable {

    /**
     * Sends events and waits for the answer.
     *
     * @return the events that were acknowledged; the others may be delivered or not
     */
    List<LoadEvent> send(List<LoadEvent> events) throws InterruptedException;

    @Override
    void close();
}
