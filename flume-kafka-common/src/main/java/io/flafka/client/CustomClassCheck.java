// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.LogSafeText;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SecurityConfig;

/**
 * The classes of an operator's own that the settings of a client name, such as a partitioner or a login handler, and which of them do not fit because their
 * jar lies elsewhere than in {@code drop-in}. One in Flume's {@code lib} is found, but belongs to the Kafka there; Kafka's client then says only that it "is not
 * an instance of" something, or that it "could not be found".
 */
final class CustomClassCheck {

    private static final String KAFKAS = "org.apache.kafka.";
    private static final List<String> ENDINGS = List.of(".class", ".classes", "serializer");
    private static final List<String> LISTS = List.of(
            CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            SecurityConfig.SECURITY_PROVIDERS_CONFIG);
    private static final Pattern LOGIN_MODULE =
            Pattern.compile("([\\w.$]+)\\s+(?:required|requisite|sufficient|optional)\\b", Pattern.CASE_INSENSITIVE);

    private final ClassLoader loader;

    private CustomClassCheck(ClassLoader loader) {
        this.loader = loader;
    }

    /** What is wrong with the places of their jars, if anything, and what to do. */
    static Optional<String> misplaced(Map<String, Object> properties) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader own = CustomClassCheck.class.getClassLoader();
        CustomClassCheck classes = new CustomClassCheck(context == null ? own : context);
        List<String> found = properties.entrySet().stream()
                .flatMap(property -> named(property.getKey(), String.valueOf(property.getValue()))
                        .flatMap(name -> classes
                                .fault(name)
                                .map(fault -> LogSafeText.value(name) + " (" + property.getKey() + ") " + fault)
                                .stream()))
                .distinct()
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", found) + ": copy the jar that has it, and the jars it needs, to "
                        + dropIn() + " and restart the agent");
    }

    /** The classes in the value of one property, but Kafka's own. */
    private static Stream<String> named(String property, String value) {
        Stream<String> names = Stream.empty();
        if (property.equals(SaslConfigs.SASL_JAAS_CONFIG)) {
            names = LOGIN_MODULE.matcher(value).results().map(found -> found.group(1));
        } else if (LISTS.contains(property) || ENDINGS.stream().anyMatch(property::endsWith)) {
            names = Arrays.stream(value.split(",", -1)).map(String::trim);
        }
        return names.filter(name -> !name.isEmpty() && !name.startsWith(KAFKAS));
    }

    private Optional<String> fault(String name) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            return belongsToAnotherKafka(type) ? Optional.of(elsewhere(placeOf(type))) : Optional.empty();
        } catch (ClassNotFoundException missing) {
            return Optional.of("is not found");
        } catch (LinkageError incomplete) {
            // What it extends or implements is missing where it lies, as Kafka is in a Flume without its own.
            return Optional.of(elsewhere(Optional.ofNullable(loader.getResource(name.replace('.', '/') + ".class"))
                            .map(URL::toString))
                    + ", and cannot be loaded there: " + LogSafeText.message(incomplete));
        }
    }

    private static String elsewhere(Optional<String> place) {
        return "comes from " + place.map(LogSafeText::value).orElse("elsewhere")
                + ", which belongs to another Kafka than this plugin's";
    }

    private static Optional<String> placeOf(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(URL::toString);
    }

    /** Whether something that it extends or implements is of another copy of Kafka's classes than ours. */
    private static boolean belongsToAnotherKafka(Class<?> type) {
        if (type.getName().startsWith(KAFKAS)) {
            return type.getClassLoader() != KafkaException.class.getClassLoader();
        }
        return Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .anyMatch(CustomClassCheck::belongsToAnotherKafka);
    }

    /** Beside the folder that this class was loaded from. */
    private static Path dropIn() {
        return placeOf(CustomClassCheck.class)
                .filter(place -> place.startsWith("file:"))
                .map(place ->
                        Path.of(URI.create(place)).resolveSibling("../drop-in").normalize())
                .filter(Files::isDirectory)
                .orElse(Path.of("plugins.d/flume-kafka/drop-in"));
    }
}
