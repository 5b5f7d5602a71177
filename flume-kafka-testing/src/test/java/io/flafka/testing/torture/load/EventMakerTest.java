// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.torture.check.BodyKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the load sends. */
class EventMakerTest {
    private static final int PARTITIONS = 3;

    @Test
    void theSameSeedMakesTheSameEvents() {
        assertThat(events(7, EnumSet.allOf(BodyKind.class))).isEqualTo(events(7, EnumSet.allOf(BodyKind.class)));
    }

    @Test
    void numbersTheEventsOfAKeyAndKeepsThemInOnePartition() {
        List<LoadEvent> ofKey = events(7, EnumSet.allOf(BodyKind.class)).stream()
                .filter(event -> event.key().equals("s1k0"))
                .toList();

        assertThat(ofKey).hasSizeGreaterThan(100);
        assertThat(ofKey.stream().map(LoadEvent::seq).toList())
                .isEqualTo(
                        Stream.iterate(1L, seq -> seq + 1).limit(ofKey.size()).toList());
        assertThat(ofKey).extracting(LoadEvent::partition).containsOnly(1);
    }

    @Test
    void hasEventsThatAreEqualInEverything() {
        assertThat(events(7, EnumSet.allOf(BodyKind.class)).stream().filter(event -> event.seq() == 0))
                .hasSizeGreaterThan(100)
                .allMatch(event -> event.id().equals(event.key()));
    }

    @Test
    void hasEveryKindOfBodyThatIsWanted() {
        assertThat(events(7, EnumSet.allOf(BodyKind.class)))
                .extracting(LoadEvent::kind)
                .contains(BodyKind.values());
        assertThat(events(7, EnumSet.of(BodyKind.EQUAL, BodyKind.UNIQUE)))
                .extracting(LoadEvent::kind)
                .containsOnly(BodyKind.EQUAL, BodyKind.UNIQUE);
    }

    private static List<LoadEvent> events(long seed, Set<BodyKind> kinds) {
        EventMaker maker = new EventMaker(1, PARTITIONS, kinds, new Random(seed));
        return Stream.generate(() -> maker.next(25))
                .limit(300)
                .flatMap(List::stream)
                .toList();
    }
}
