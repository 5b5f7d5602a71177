// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How the text of an agent file becomes the value of a property.
 *
 * @param <T> what it becomes
 * @param allowed what may be written, as it ends the sentence "must be …"; the same words are in the reference
 * @param parser from the trimmed text; throws any {@code RuntimeException} for a text that is not allowed
 * @param fault the part for which a text is not allowed; all of it where no part is to blame
 * @param doubt what is odd about a text that is allowed, as it ends the sentence "… works, but"
 */
public record ValueType<T>(
        String allowed,
        Function<String, T> parser,
        UnaryOperator<String> fault,
        Function<String, Optional<String>> doubt) {

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern BROKER =
            Pattern.compile("([a-zA-Z_]+://)?(\\[[0-9a-fA-F:.%]+]|[^\\s:/\\[\\]]+):(\\d{1,5})");
    /** Also a blank of any width, a full-width comma and an ideographic one. */
    private static final Pattern BETWEEN_BROKERS = Pattern.compile("[,\\uff0c\\u3001\\s\\h]+");

    private static final Pattern ZOOKEEPER_SERVER =
            Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:/\\[\\]]+)(:(\\d{1,5}))?");
    private static final Pattern ZOOKEEPER_PATH = Pattern.compile("(/[^\\s/,]+)*/?");
    private static final int HIGHEST_PORT = 65_535;
    private static final String TOPIC_NAME = "a topic's name (up to 249 of a-z, A-Z, 0-9, '.', '_' and '-')";

    /** Of which no part is to blame, and nothing is odd. */
    public ValueType(String allowed, Function<String, T> parser) {
        this(allowed, parser, UnaryOperator.identity(), text -> Optional.empty());
    }

    /** The same for a list: the first item that is not allowed is to blame. */
    public ValueType<T> listedAs(Function<String, List<String>> items, Predicate<String> isAllowed) {
        UnaryOperator<String> firstBad = text -> items.apply(text).stream()
                .filter(isAllowed.negate())
                .findFirst()
                .orElse(text);
        return new ValueType<>(allowed, parser, firstBad, doubt);
    }

    /** The value, or nothing for a text that is not allowed. */
    public Optional<T> parse(String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (RuntimeException notAllowed) {
            // Whatever a parser throws (a number, a pattern, one of Kafka's own checks) says the same: not this text.
            return Optional.empty();
        }
    }

    /** Any text. */
    public static ValueType<String> text(String allowed) {
        return new ValueType<>(allowed, text -> text);
    }

    /** A text that meets a condition. */
    public static ValueType<String> text(String allowed, Predicate<String> condition) {
        return new ValueType<>(allowed, text -> require(text, condition));
    }

    /** {@code true} or {@code false}; not {@code yes}, which Flume itself takes for false. */
    public static ValueType<Boolean> bool() {
        return new ValueType<>(
                "true or false", text -> (Boolean) ConfigDef.parseType("", text, ConfigDef.Type.BOOLEAN));
    }

    /** One of the names of an enum, in lower case. */
    public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            byName.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return new ValueType<>(String.join(" or ", byName.keySet()), text -> Objects.requireNonNull(byName.get(text)));
    }

    /** An integer that is not below a bound. */
    public static ValueType<Integer> integerFrom(int least) {
        return new ValueType<>(
                "an integer from " + least + " to " + Integer.MAX_VALUE,
                text -> require((Integer) ConfigDef.parseType("", text, ConfigDef.Type.INT), value -> value >= least));
    }

    /** Milliseconds that are not below a bound. */
    public static ValueType<Duration> millisFrom(int least) {
        ValueType<Integer> number = integerFrom(least);
        return new ValueType<>(
                "a number of milliseconds from " + least + " to " + Integer.MAX_VALUE,
                text -> Duration.ofMillis(number.parser().apply(text)));
    }

    /** A regular expression of Java. */
    public static ValueType<Pattern> regex() {
        return new ValueType<>("a regular expression as Java understands it", Pattern::compile);
    }

    /** The name of one topic. */
    public static ValueType<String> topic() {
        return text(TOPIC_NAME, ValueType::isTopic);
    }

    /** The name of one topic, or a text with Flume's escapes that becomes one when an event is known. */
    public static ValueType<String> topicTemplate() {
        return text(
                TOPIC_NAME + ", or one with escapes such as %{header}",
                text -> isTopic(text) || (text.contains("%") && text.indexOf(',') < 0));
    }

    /** The names of one or more topics. */
    public static ValueType<List<String>> topics() {
        return new ValueType<>(
                        "topic names separated by commas (each up to 249 of a-z, A-Z, 0-9, '.', '_' and '-')", text -> {
                            List<String> names = items(text);
                            return require(
                                    names, all -> !all.isEmpty() && all.stream().allMatch(ValueType::isTopic));
                        })
                .listedAs(ValueType::items, ValueType::isTopic);
    }

    /** The addresses of brokers, in the form Kafka wants. Blanks and the comma of a Chinese or Japanese keyboard separate them too. */
    public static ValueType<String> brokers() {
        ValueType<String> brokers = new ValueType<String>("host:port, more than one separated by commas", text -> {
                    List<String> addresses = addresses(text);
                    require(addresses, all -> !all.isEmpty() && all.stream().allMatch(ValueType::isBroker));
                    return String.join(",", addresses);
                })
                .listedAs(ValueType::addresses, ValueType::isBroker);
        return new ValueType<>(
                brokers.allowed(),
                brokers.parser(),
                brokers.fault(),
                text -> addresses(text).equals(items(text))
                        ? Optional.empty()
                        : Optional.of("commas separate brokers: write "
                                + LogSafeText.value(String.join(",", addresses(text)))));
    }

    /** The addresses of ZooKeeper's servers and the path of a cluster there, in the form ZooKeeper wants. */
    public static ValueType<String> zookeeper() {
        return new ValueType<String>(
                        "host:port, more than one separated by commas, with the cluster's path, if it has one, once at the end",
                        text -> {
                            int slash = slash(text);
                            List<String> servers = items(text.substring(0, slash));
                            String path = text.substring(slash);
                            require(
                                    servers,
                                    all -> !all.isEmpty() && all.stream().allMatch(ValueType::isZooKeeperServer));
                            require(path, all -> ZOOKEEPER_PATH.matcher(all).matches());
                            return String.join(",", servers)
                                    + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
                        })
                .listedAs(text -> items(text.substring(0, slash(text))), ValueType::isZooKeeperServer);
    }

    /** What Kafka itself allows for one of its properties. */
    public static ValueType<String> kafka(ConfigDef definition, String kafkaName) {
        KafkaPropertyRule rule = KafkaPropertyRule.of(definition, kafkaName);
        return text(rule.allowed(), rule::allows);
    }

    private static boolean isTopic(String text) {
        return TOPIC.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }

    private static boolean isBroker(String text) {
        var matcher = BROKER.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(3)) <= HIGHEST_PORT;
    }

    private static boolean isZooKeeperServer(String text) {
        var matcher = ZOOKEEPER_SERVER.matcher(text);
        return matcher.matches() && (matcher.group(3) == null || Integer.parseInt(matcher.group(3)) <= HIGHEST_PORT);
    }

    /** Where the path begins, at the latest at the end. */
    private static int slash(String zookeeper) {
        int slash = zookeeper.indexOf('/');
        return slash < 0 ? zookeeper.length() : slash;
    }

    private static List<String> addresses(String text) {
        return Stream.of(BETWEEN_BROKERS.split(text, -1))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static List<String> items(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static <V> V require(V value, Predicate<V> condition) {
        if (condition.test(value)) {
            return value;
        }
        throw new IllegalArgumentException("not allowed");
    }
}
