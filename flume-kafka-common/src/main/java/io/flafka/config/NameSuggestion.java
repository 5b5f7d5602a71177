// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The known name that somebody most likely meant who wrote one that is not known. A name of earlier days leads to today's.
 *
 * <p>A prefix that is wrong, missing or too much is the most common misprint, so names are compared without it first. Only then are slips of the pen counted.
 */
final class NameSuggestion {

    /** One slip in so many characters is still taken for a slip. */
    private static final int CHARACTERS_PER_SLIP = 5;

    private static final int MOST_SLIPS = 3;
    /** Shorter names are a slip away from everything. */
    private static final int SHORTEST_WITH_SLIP = 3;

    /** What a name may begin with, longest first. */
    private static final List<String> PREFIXES = List.of(
            "kafka.consumer.", "kafka.producer.", "kafka.client.", "consumer.", "producer.", "client.", "kafka.");

    private final List<Candidate> own = new ArrayList<>();
    private final List<Candidate> kafkas = new ArrayList<>();
    private final List<Candidate> framework = new ArrayList<>();

    /**
     * Among these names.
     *
     * @param own the component's, today's and former ones, each with today's
     * @param kafkas those of Kafka's clients, each with its prefix
     * @param framework those that Flume itself reads
     */
    NameSuggestion(Map<String, String> own, List<String> kafkas, List<String> framework) {
        own.forEach((name, today) -> this.own.add(Candidate.of(name, today)));
        kafkas.stream()
                .map(name -> Candidate.of(name, name))
                // Where a component has a property for it, that is the one to write.
                .filter(known -> !own.containsValue("kafka." + known.base()))
                .forEach(this.kafkas::add);
        framework.forEach(name -> this.framework.add(Candidate.whole(name)));
    }

    /** The nearest of the names, or nothing if none is near. Of equally near ones the first. */
    Optional<String> to(String written) {
        Candidate meant = Candidate.of(written, written);
        return samePrefix(meant)
                .or(() -> first(own, known -> known.base().equalsIgnoreCase(meant.base())))
                .or(() -> first(own, known -> known.letters().equals(meant.letters())))
                .or(() -> first(kafkas, known -> known.base().equalsIgnoreCase(meant.base())))
                .or(() -> first(kafkas, known -> known.letters().equals(meant.letters())))
                .or(() -> first(own, known -> isLongEnough(known.name()) && endsWith(written, known.name())))
                .or(() -> fewestSlips(meant));
    }

    /** Who has written a prefix knows whose property it is: the same but for capitals, or for what separates its words. */
    private Optional<String> samePrefix(Candidate meant) {
        Predicate<Candidate> isSame =
                known -> known.hasPrefixOf(meant) && known.letters().equals(meant.letters());
        return meant.prefix().isEmpty() ? Optional.empty() : first(own, isSame).or(() -> first(kafkas, isSame));
    }

    private static Optional<String> first(List<Candidate> known, Predicate<Candidate> isIt) {
        return known.stream().filter(isIt).map(Candidate::today).findFirst();
    }

    /** As in {@code sinks.k1.kafka.topic}. One short word may end any name. */
    private static boolean endsWith(String written, String name) {
        return lower(written).endsWith("." + lower(name));
    }

    private static boolean isLongEnough(String name) {
        return name.indexOf('.') > 0 || !name.equals(lower(name));
    }

    private Optional<String> fewestSlips(Candidate meant) {
        return Stream.concat(
                        Stream.concat(own.stream(), kafkas.stream()).map(known -> Distance.between(known, meant)),
                        framework.stream().map(known -> Distance.between(known, Candidate.whole(meant.name()))))
                .filter(distance -> distance.slips() <= tolerated(meant.base()))
                .min(Comparator.comparingInt(Distance::slips).thenComparingInt(Distance::otherPrefix))
                .map(distance -> distance.known().today());
    }

    private static int tolerated(String base) {
        return base.length() < SHORTEST_WITH_SLIP
                ? 0
                : Math.min(MOST_SLIPS, Math.max(1, base.length() / CHARACTERS_PER_SLIP));
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
    private record Distance(Candidate known, int slips, int otherPrefix) {

        /** A slip may be in the prefix too. */
        static Distance between(Candidate known, Candidate meant) {
            int slips = Math.min(
                    NameSuggestion.slips(lower(meant.base()), lower(known.base())),
                    NameSuggestion.slips(lower(meant.name()), lower(known.name())));
            return new Distance(known, slips, known.hasPrefixOf(meant) ? 0 : 1);
        }
    }

    /**
     * A name and its parts.
     *
     * @param name as it is written
     * @param today the name to write
     * @param prefix what it begins with, as far as that is one of the usual
     * @param base the rest
     */
    private record Candidate(String name, String today, String prefix, String base) {

        static Candidate of(String name, String today) {
            String base = name;
            for (Optional<String> prefix = prefixOf(base); prefix.isPresent(); prefix = prefixOf(base)) {
                base = base.substring(prefix.get().length());
            }
            return new Candidate(name, today, name.substring(0, name.length() - base.length()), base);
        }

        /** Of which no prefix is one too much. */
        static Candidate whole(String name) {
            return new Candidate(name, name, "", name);
        }

        private static Optional<String> prefixOf(String name) {
            return PREFIXES.stream()
                    .filter(prefix -> lower(name).startsWith(prefix) && name.length() > prefix.length())
                    .findFirst();
        }

        String letters() {
            return lower(base).replaceAll("[._-]", "");
        }

        boolean hasPrefixOf(Candidate other) {
            return prefix.equals(other.prefix);
        }
    }
}
