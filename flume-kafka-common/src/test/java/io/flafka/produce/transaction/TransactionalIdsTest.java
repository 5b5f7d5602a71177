// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ids are readable, and no two components share one. */
class TransactionalIdsTest {

    private static final String LETTERS = "a-.%_";
    private static final int CASES = 200_000;

    private record Owner(TransactionalIds ids, int number) {}

    @Test
    void namesItsOwner() {
        assertThat(new TransactionalIds("orders", TransactionalIds.Kind.SINK, "agent-1", "k1").of(3))
                .isEqualTo("orders-sink.agent-1.k1.3");
        assertThat(new TransactionalIds("orders", TransactionalIds.Kind.CHANNEL, "a.b", "c%d").of(0))
                .isEqualTo("orders-channel.a%2eb.c%25d.0");
    }

    private static TransactionalIds.Kind kind(Random random) {
        return random.nextBoolean() ? TransactionalIds.Kind.SINK : TransactionalIds.Kind.CHANNEL;
    }

    @Test
    void noTwoComponentsShareAnId() {
        Random random = new Random(11);
        Map<String, Owner> owners = new HashMap<>();
        for (int i = 0; i < CASES; i++) {
            TransactionalIds ids = new TransactionalIds(prefix(random), kind(random), text(random), text(random));
            Owner owner = new Owner(ids, random.nextInt(3));

            Owner other = owners.put(ids.of(owner.number()), owner);

            assertThat(other).as(ids.of(owner.number())).isIn(null, owner);
        }
        assertThat(owners).hasSizeGreaterThan(CASES / 100);
    }

    /** Returns a random text, or one that looks like a complete id. */
    private static String prefix(Random random) {
        return random.nextInt(3) > 0
                ? text(random)
                : new TransactionalIds(text(random), TransactionalIds.Kind.SINK, text(random), text(random)).of(0);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length >= 0; length--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
