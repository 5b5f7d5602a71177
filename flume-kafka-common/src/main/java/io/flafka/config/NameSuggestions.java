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
 * Finds the known property name that is closest to an unknown one. For a former name it suggests the current name.
 *
 * <p>The most common mistake is a prefix that is wrong, missing or superfluous. So names are first compared without prefixes, and only then by the
 * number of typing errors.
 */
public final class NameSuggestions {

    /** A name may have one typing error for this many characters. */
    private static final int CHARACTERS_PER_TYPO = 5;

    private static final int MAX_TYPOS = 3;
    /** A shorter name is one typing error away from too many others. */
    private static final int MIN_LENGTH_WITH_TYPO = 3;

    /** The usual prefixes, longest first. */
    private static final List<String> PREFIXES = List.of(
            "kafka.consumer.", "kafka.producer.", "kafka.client.", "consumer.", "producer.", "client.", "kafka.");

    private final List<Candidate> own = new ArrayList<>();
    private final List<Candidate> ofKafka = new ArrayList<>();
    private final List<Candidate> ofFlume = new ArrayList<>();

    /**
     * @param own the component's current and former names, each with the current name
     * @param ofKafka the names of Kafka's clients, with our prefixes
     * @param ofFlume the names that Flume itself reads
     */
    public NameSuggestions(Map<String, String> own, List<String> ofKafka, List<String> ofFlume) {
        own.forEach((name, current) -> this.own.add(Candidate.of(name, current)));
        ofKafka.stream()
                .map(name -> Candidate.of(name, name))
                // If the component has a property of its own for it, that one is suggested.
                .filter(known -> !own.containsValue("kafka." + known.base()))
                .forEach(this.ofKafka::add);
        ofFlume.forEach(name -> this.ofFlume.add(Candidate.whole(name)));
    }

    /** Returns the closest name, or nothing if no name is close. Of equally close names it returns the first. */
    public Optional<String> closestTo(String unknownName) {
        Candidate written = Candidate.of(unknownName, unknownName);
        return samePrefix(written)
                .or(() -> first(own, known -> known.base().equalsIgnoreCase(written.base())))
                .or(() -> first(own, known -> known.letters().equals(written.letters())))
                .or(() -> first(ofKafka, known -> known.base().equalsIgnoreCase(written.base())))
                .or(() -> first(ofKafka, known -> known.letters().equals(written.letters())))
                .or(() -> first(own, known -> hasSeveralWords(known.name()) && endsWith(unknownName, known.name())))
                .or(() -> fewestTypos(written));
    }

    /** Looks only among names with the same prefix; ignores case and the characters between words. A prefix is usually written on purpose. */
    private Optional<String> samePrefix(Candidate written) {
        Predicate<Candidate> isSame =
                known -> known.hasPrefixOf(written) && known.letters().equals(written.letters());
        return written.prefix().isEmpty()
                ? Optional.empty()
                : first(own, isSame).or(() -> first(ofKafka, isSame));
    }

    private static Optional<String> first(List<Candidate> known, Predicate<Candidate> matches) {
        return known.stream().filter(matches).map(Candidate::currentName).findFirst();
    }

    /** Finds a known name after something superfluous, for example in {@code sinks.k1.kafka.topic}. */
    private static boolean endsWith(String written, String name) {
        return lower(written).endsWith("." + lower(name));
    }

    /** Returns whether the name has more than one word: a single word can be the end of any other name. */
    private static boolean hasSeveralWords(String name) {
        return name.indexOf('.') > 0 || !name.equals(lower(name));
    }

    private Optional<String> fewestTypos(Candidate written) {
        return Stream.concat(
                        Stream.concat(own.stream(), ofKafka.stream()).map(known -> Distance.between(known, written)),
                        ofFlume.stream().map(known -> Distance.between(known, Candidate.whole(written.name()))))
                .filter(distance -> distance.typos() <= maxTypos(written.base()))
                .min(Comparator.comparingInt(Distance::typos).thenComparingInt(Distance::prefixMismatch))
                .map(distance -> distance.known().currentName());
    }

    private static int maxTypos(String base) {
        return base.length() < MIN_LENGTH_WITH_TYPO
                ? 0
                : Math.min(MAX_TYPOS, Math.max(1, base.length() / CHARACTERS_PER_TYPO));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Counts the characters that were added, left out, replaced, or swapped with the next one. */
    static int typos(String written, String meant) {
        int[][] typos = new int[written.length() + 1][meant.length() + 1];
        for (int i = 0; i <= written.length(); i++) {
            for (int j = 0; j <= meant.length(); j++) {
                typos[i][j] = i == 0 || j == 0 ? i + j : fewest(typos, written, meant, i, j);
            }
        }
        return typos[written.length()][meant.length()];
    }

    private static int fewest(int[][] typos, String written, String meant, int i, int j) {
        char here = written.charAt(i - 1);
        char there = meant.charAt(j - 1);
        int replaced = typos[i - 1][j - 1] + (here == there ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(typos[i - 1][j], typos[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && here == meant.charAt(j - 2) && written.charAt(i - 2) == there;
        return swapped ? Math.min(least, typos[i - 2][j - 2] + 1) : least;
    }

    /** A known name and how much the written name differs from it. */
    private record Distance(Candidate known, int typos, int prefixMismatch) {

        /** Also compares the whole names, because the typing error may be in the prefix. */
        static Distance between(Candidate known, Candidate written) {
            int typos = Math.min(
                    NameSuggestions.typos(lower(written.base()), lower(known.base())),
                    NameSuggestions.typos(lower(written.name()), lower(known.name())));
            return new Distance(known, typos, known.hasPrefixOf(written) ? 0 : 1);
        }
    }

    /**
     * A name, split into prefix and base.
     *
     * @param name the whole name
     * @param currentName the name to suggest
     * @param prefix the usual prefixes that the name begins with, or an empty text
     * @param base the name without them
     */
    private record Candidate(String name, String currentName, String prefix, String base) {

        static Candidate of(String name, String currentName) {
            String base = name;
            for (Optional<String> prefix = prefixOf(base); prefix.isPresent(); prefix = prefixOf(base)) {
                base = base.substring(prefix.get().length());
            }
            return new Candidate(name, currentName, name.substring(0, name.length() - base.length()), base);
        }

        /** Creates a candidate that is compared as a whole, with its prefix. */
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
