// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody most likely meant who wrote one that is not known. */
final class NearestName {

    /** One slip in so many characters is still taken for a slip. */
    private static final int CHARACTERS_PER_SLIP = 4;

    private NearestName() {}

    /** The nearest of the names, or nothing if none is near. Of equally near ones the first. */
    static Optional<String> to(String written, Collection<String> names) {
        return sameEnding(written, names).or(() -> fewestSlips(written, names));
    }

    /** {@code group.id} and {@code kafka.group.id} are {@code kafka.consumer.group.id} without its prefix. */
    private static Optional<String> sameEnding(String written, Collection<String> names) {
        String ending = "." + (written.startsWith("kafka.") ? written.substring("kafka.".length()) : written);
        return names.stream().filter(name -> name.endsWith(ending)).findFirst();
    }

    private static Optional<String> fewestSlips(String written, Collection<String> names) {
        int tolerated = Math.max(1, written.length() / CHARACTERS_PER_SLIP);
        return names.stream()
                .map(name -> new Candidate(name, slips(lower(written), lower(name))))
                .filter(candidate -> candidate.slips() <= tolerated)
                .min(Comparator.comparingInt(Candidate::slips))
                .map(Candidate::name);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** How many characters were added, left out, exchanged, or swapped with their neighbour. */
    static int slips(String written, String meant) {
        int[][] slips = new int[written.length() + 1][meant.length() + 1];
        for (int i = 0; i <= written.length(); i++) {
            for (int j = 0; j <= meant.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : cheapest(slips, written, meant, i, j);
            }
        }
        return slips[written.length()][meant.length()];
    }

    private static int cheapest(int[][] slips, String written, String meant, int i, int j) {
        char here = written.charAt(i - 1);
        char there = meant.charAt(j - 1);
        int exchanged = slips[i - 1][j - 1] + (here == there ? 0 : 1);
        int least = Math.min(exchanged, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && here == meant.charAt(j - 2) && written.charAt(i - 2) == there;
        return swapped ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
    }

    /** A known name and how far it is. */
    private record Candidate(String name, int slips) {}
}
