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
 * Converts the text in an agent file into the value of a property.
 *
 * @param <T> the type of the value
 * @param allowed describes the allowed texts, in messages ("must be …") and in docs/configuration.md
 * @param parser converts the trimmed text; throws any {@code RuntimeException} if the text is not allowed
 * @param rejectedPart returns the part of the text that is not allowed, or the whole text if no single part is wrong
 * @param warning returns a warning about a text that is allowed, if it needs one; completes the sentence "is accepted, but …"
 */
public record ValueType<T>(
        String allowed,
        Function<String, T> parser,
        UnaryOperator<String> rejectedPart,
        Function<String, Optional<String>> warning) {

    private static final Pattern BROKER =
            Pattern.compile("([a-zA-Z_]+://)?(\\[[0-9a-fA-F:.%]+]|[^\\s:/\\[\\]]+):(\\d{1,5})");
    /** Also spaces of any kind, the full-width comma and the ideographic comma. */
    private static final Pattern BETWEEN_BROKERS = Pattern.compile("[,\\uff0c\\u3001\\s\\h]+");

    private static final Pattern ZOOKEEPER_SERVER =
            Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:/\\[\\]]+)(:(\\d{1,5}))?");
    /** Possessive, because Java would need a stack as deep as a long path has parts. */
    private static final Pattern ZOOKEEPER_PATH = Pattern.compile("(?:/[^\\s/,]+)*+/?");

    private static final int HIGHEST_PORT = 65_535;
    private static final String TOPIC_NAME = "a topic name (" + TopicName.RULE + ")";

    /** Creates a type that reports the whole text when it is not allowed, and never warns. */
    public ValueType(String allowed, Function<String, T> parser) {
        this(allowed, parser, UnaryOperator.identity(), text -> Optional.empty());
    }

    /** Returns this type, changed to report only the first item of a list that is not allowed. */
    public ValueType<T> withItems(Function<String, List<String>> items, Predicate<String> isAllowed) {
        UnaryOperator<String> firstRejected = text -> items.apply(text).stream()
                .filter(isAllowed.negate())
                .findFirst()
                .orElse(text);
        return new ValueType<>(allowed, parser, firstRejected, warning);
    }

    /** Returns the value, or nothing if the text is not allowed. */
    public Optional<T> parse(String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (RuntimeException notAllowed) {
            // Parsers of numbers, patterns and Kafka's own checks throw different exceptions. All mean that the text is
            // not allowed.
            return Optional.empty();
        }
    }

    /** Accepts any text. */
    public static ValueType<String> text(String allowed) {
        return new ValueType<>(allowed, text -> text);
    }

    /** Accepts a text that meets a condition. */
    public static ValueType<String> text(String allowed, Predicate<String> condition) {
        return new ValueType<>(allowed, text -> require(text, condition));
    }

    /** Accepts {@code true} or {@code false}. Does not accept {@code yes}, which Flume itself reads as false. */
    public static ValueType<Boolean> bool() {
        return new ValueType<>(
                "true or false", text -> (Boolean) ConfigDef.parseType("", text, ConfigDef.Type.BOOLEAN));
    }

    /** Accepts the names of an enum's constants in lower case, with hyphens for underscores. */
    public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            byName.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return new ValueType<>(String.join(" or ", byName.keySet()), text -> Objects.requireNonNull(byName.get(text)));
    }

    /** Accepts an integer that is not less than a minimum. */
    public static ValueType<Integer> integerFrom(int minimum) {
        return new ValueType<>(
                "an integer from " + minimum + " to " + Integer.MAX_VALUE,
                text -> require(
                        (Integer) ConfigDef.parseType("", text, ConfigDef.Type.INT), value -> value >= minimum));
    }

    /** Accepts a number of milliseconds that is not less than a minimum. */
    public static ValueType<Duration> millisFrom(int minimum) {
        ValueType<Integer> number = integerFrom(minimum);
        return new ValueType<>(
                "a number of milliseconds from " + minimum + " to " + Integer.MAX_VALUE,
                text -> Duration.ofMillis(number.parser().apply(text)));
    }

    /** Accepts a Java regular expression. */
    public static ValueType<Pattern> regex() {
        return new ValueType<>("a Java regular expression", Pattern::compile);
    }

    /** Accepts the name of one topic. */
    public static ValueType<String> topic() {
        return text(TOPIC_NAME, TopicName::isValid);
    }

    /** Accepts the name of one topic, or a text with Flume's escapes that each event turns into a topic name. */
    public static ValueType<String> topicTemplate() {
        return text(
                TOPIC_NAME + ", or text with escapes such as %{header}",
                text -> TopicName.isValid(text) || (text.contains("%") && text.indexOf(',') < 0));
    }

    /** Accepts the names of one or more topics. */
    public static ValueType<List<String>> topics() {
        return new ValueType<>("topic names separated by commas (each " + TopicName.RULE + ")", text -> {
                    List<String> names = items(text);
                    return require(names, all -> !all.isEmpty() && all.stream().allMatch(TopicName::isValid));
                })
                .withItems(ValueType::items, TopicName::isValid);
    }

    /**
     * Accepts broker addresses and returns them in Kafka's form. Spaces and the commas of Chinese or Japanese keyboards are accepted as separators,
     * with a warning.
     */
    public static ValueType<String> brokers() {
        ValueType<String> brokers = new ValueType<String>("host:port, or several separated by commas", text -> {
                    List<String> addresses = addresses(text);
                    require(addresses, all -> !all.isEmpty() && all.stream().allMatch(ValueType::isBroker));
                    return String.join(",", addresses);
                })
                .withItems(ValueType::addresses, ValueType::isBroker);
        return new ValueType<>(
                brokers.allowed(),
                brokers.parser(),
                brokers.rejectedPart(),
                text -> addresses(text).equals(items(text))
                        ? Optional.empty()
                        : Optional.of("brokers should be separated by commas: write "
                                + LogSafeText.value(String.join(",", addresses(text)))));
    }

    /** Accepts the addresses of ZooKeeper servers and the path of a cluster in them, and returns them in ZooKeeper's form. */
    public static ValueType<String> zookeeper() {
        return new ValueType<String>(
                        "host:port, or several separated by commas, with the cluster's path, if it has one, once at the end",
                        text -> {
                            int slash = pathStart(text);
                            List<String> servers = items(text.substring(0, slash));
                            String path = text.substring(slash);
                            require(
                                    servers,
                                    all -> !all.isEmpty() && all.stream().allMatch(ValueType::isZooKeeperServer));
                            require(path, all -> ZOOKEEPER_PATH.matcher(all).matches());
                            return String.join(",", servers)
                                    + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
                        })
                .withItems(text -> items(text.substring(0, pathStart(text))), ValueType::isZooKeeperServer);
    }

    /** Accepts what Kafka accepts for one of its own properties. */
    public static ValueType<String> kafka(ConfigDef definition, String kafkaName) {
        KafkaPropertyRule rule = KafkaPropertyRule.of(definition, kafkaName);
        return text(rule.allowed(), rule::allows);
    }

    private static boolean isBroker(String text) {
        var matcher = BROKER.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(3)) <= HIGHEST_PORT;
    }

    private static boolean isZooKeeperServer(String text) {
        var matcher = ZOOKEEPER_SERVER.matcher(text);
        return matcher.matches() && (matcher.group(3) == null || Integer.parseInt(matcher.group(3)) <= HIGHEST_PORT);
    }

    /** Returns the index where the path begins, or the length of the text if it has no path. */
    private static int pathStart(String zookeeper) {
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
