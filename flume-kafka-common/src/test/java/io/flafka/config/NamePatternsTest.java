// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.SeededCases;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a list of names and patterns contains, also those that a hostile sender makes. */
class NamePatternsTest {

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, b, false",
        "a, ab, false",
        "*, anything, true",
        "*, '', true",
        "x-*, x-, true",
        "x-*, y-x-, false",
        "*-id, tenant-id, true",
        "*-id, tenant-id-2, false",
        "x-*-id, x-id, false",
        "x-*-id, x--id, true",
        "a*a, a, false",
        "a*a, aa, true",
        "a*b*c, a-b-c, true",
        "a*b*c, a-c-b, false",
        "a*bc*c, abc, false",
        "a**b, ab, true",
        "a.c, abc, false",
        "'a*,b', b, true"
    })
    void containsNamesThatMatch(String list, String name, boolean contained) {
        assertThat(NamePatterns.of(list).contains(name)).isEqualTo(contained);
    }

    @Test
    void matchesAsRegularExpressionWould() {
        SeededCases.run(20_000, random -> {
            String pattern = text(random, "ab*", 1 + random.nextInt(6));
            String name = text(random, "ab", random.nextInt(8));
            Pattern regex = Pattern.compile(
                    Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));

            assertThat(NamePatterns.of(pattern).contains(name))
                    .as("%s, %s", pattern, name)
                    .isEqualTo(regex.matcher(name).matches());
        });
    }

    private static String text(Random random, String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .mapToObj(alphabet::substring)
                .map(rest -> rest.substring(0, 1))
                .collect(Collectors.joining());
    }

    /** A source stood still for 90 seconds at the first of these names, and lost its partitions at the second one. */
    @Test
    @Timeout(10)
    void comparesHostileNamesInLinearTime() {
        assertThat(NamePatterns.of("*a*a*a*b").contains("a".repeat(1_000))).isFalse();
        assertThat(NamePatterns.of("x-*-tenant-*-id").contains("x-" + "-tenant-".repeat(60_000)))
                .isFalse();
        assertThat(NamePatterns.of("*a*a*a*a*a*a*a*a*b").contains("a".repeat(1_000_000)))
                .isFalse();
    }
}
