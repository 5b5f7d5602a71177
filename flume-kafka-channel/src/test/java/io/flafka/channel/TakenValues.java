// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.flume.Event;
import org.apache.flume.Transaction;

/** Takes events from channels and remembers their values, without duplicates. For one thread. */
final class TakenValues {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Set<String> taken = new TreeSet<>();

    /** Returns distinct values. */
    static String[] values(String kind, int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> kind + "-" + number).toArray(String[]::new);
    }

    /** Takes until all of these values have been taken, by this call or an earlier one. */
    void take(ChannelComponent channel, String[] wanted) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInSameThread().untilAsserted(() -> {
            takeSome(channel);
            List<String> missing = new ArrayList<>(List.of(wanted));
            missing.removeAll(taken);
            assertThat(missing).as("not delivered of " + wanted.length).isEmpty();
        });
    }

    private void takeSome(ChannelComponent channel) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        Event event = channel.take();
        while (event != null) {
            taken.add(new String(event.getBody(), UTF_8));
            event = channel.take();
        }
        transaction.commit();
        transaction.close();
    }

    /** Forgets all values. */
    void forget() {
        taken.clear();
    }
}
