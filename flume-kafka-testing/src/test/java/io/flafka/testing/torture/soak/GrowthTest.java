// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** What is growth in the samples of half an hour, and what is noise. */
class GrowthTest {
    private static final long MIB = 1024 * 1024;
    private static final int HALF_AN_HOUR = 1800;

    private final Random random = new Random(7);

    @Test
    void noiseIsNotGrowth() {
        assertThat(growing(samples(HALF_AN_HOUR, second -> 0, second -> 0))).isEmpty();
    }

    @Test
    void theWarmUpIsNotGrowth() {
        assertThat(growing(samples(HALF_AN_HOUR, second -> Math.min(second, 400) * MIB / 20, second -> 0)))
                .isEmpty();
    }

    @Test
    void aLeakOfFiveMegabytesPerHourIsGrowth() {
        assertThat(growing(samples(HALF_AN_HOUR, second -> second * 5 * MIB / 3600, second -> 0)))
                .containsExactly("live heap");
    }

    @Test
    void aThreadAndADescriptorEveryTenMinutesAreGrowth() {
        assertThat(growing(samples(HALF_AN_HOUR, second -> 0, second -> second / 600)))
                .containsExactly("threads", "file descriptors");
    }

    @Test
    void oneThreadMoreIsNotGrowth() {
        assertThat(growing(samples(HALF_AN_HOUR, second -> 0, second -> second / 1000)))
                .isEmpty();
    }

    @Test
    void aShortRunSaysThatItCannotTell() {
        List<Growth> growths = Growth.of(samples(60, second -> 0, second -> 0));

        assertThat(growths.get(0).toString()).contains("live heap", "as far as this run can tell");
    }

    private static List<String> growing(List<Sample> samples) {
        return Growth.of(samples).stream()
                .filter(Growth::isGrowing)
                .map(Growth::name)
                .toList();
    }

    /** Each sample has up to 20 MiB of records on their way. In one of three there are nearly none. */
    private List<Sample> samples(int seconds, LongUnaryOperator heapAt, LongUnaryOperator countAt) {
        List<Sample> samples = new ArrayList<>();
        for (int second = 10; second <= seconds; second += 10) {
            long onTheWay = random.nextInt(3) == 0 ? random.nextLong(MIB / 4) : random.nextLong(20 * MIB);
            long count = countAt.applyAsLong(second);
            samples.add(new Sample(
                    Duration.ofSeconds(second),
                    20 * MIB + heapAt.applyAsLong(second) + onTheWay,
                    16 * MIB,
                    32 + count,
                    142 + count,
                    300 * MIB,
                    0,
                    0));
        }
        return samples;
    }
}
