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
 * Finds the operator's own classes (such as a partitioner or a login handler) that a client cannot use because their jar is not in {@code drop-in}. A
 * class in Flume's {@code lib} is found, but uses the copy of Kafka there. Kafka's client then says only that it "is not an instance of" something,
 * or that it "could not be found".
 */
final class CustomClassCheck {

    private static final String KAFKA_PACKAGE = "org.apache.kafka.";
    private static final List<String> CLASS_PROPERTY_SUFFIXES = List.of(".class", ".classes", "serializer");
    private static final List<String> CLASS_LIST_PROPERTIES = List.of(
            CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            SecurityConfig.SECURITY_PROVIDERS_CONFIG);
    private static final Pattern LOGIN_MODULE =
            Pattern.compile("([\\w.$]+)\\s+(?:required|requisite|sufficient|optional)\\b", Pattern.CASE_INSENSITIVE);

    private final ClassLoader loader;

    private CustomClassCheck(ClassLoader loader) {
        this.loader = loader;
    }

    /** Returns which classes named by these properties have their jar in the wrong place, and what to do; empty if there are none. */
    static Optional<String> misplaced(Map<String, Object> properties) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader own = CustomClassCheck.class.getClassLoader();
        CustomClassCheck check = new CustomClassCheck(context == null ? own : context);
        List<String> found = properties.entrySet().stream()
                .flatMap(property -> namesIn(property.getKey(), String.valueOf(property.getValue()))
                        .flatMap(name -> check
                                .faultOf(name)
                                .map(fault -> LogSafeText.value(name) + " (" + property.getKey() + ") " + fault)
                                .stream()))
                .distinct()
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", found) + ": copy its jar, and the jars it needs, to " + dropIn()
                        + " and restart the agent");
    }

    /** Returns the names of classes in the value of a property, without Kafka's own. */
    private static Stream<String> namesIn(String property, String value) {
        Stream<String> names = Stream.empty();
        if (property.equals(SaslConfigs.SASL_JAAS_CONFIG)) {
            names = LOGIN_MODULE.matcher(value).results().map(found -> found.group(1));
        } else if (CLASS_LIST_PROPERTIES.contains(property)
                || CLASS_PROPERTY_SUFFIXES.stream().anyMatch(property::endsWith)) {
            names = Arrays.stream(value.split(",", -1)).map(String::trim);
        }
        return names.filter(name -> !name.isEmpty() && !name.startsWith(KAFKA_PACKAGE));
    }

    private Optional<String> faultOf(String name) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            return usesAnotherKafka(type) ? Optional.of(comesFrom(placeOf(type))) : Optional.empty();
        } catch (ClassNotFoundException missing) {
            return Optional.of("is not found");
        } catch (LinkageError incomplete) {
            // A class that it extends or implements is missing there: for example Kafka's, in a Flume without Kafka.
            return Optional.of(comesFrom(Optional.ofNullable(loader.getResource(name.replace('.', '/') + ".class"))
                            .map(URL::toString))
                    + ", and cannot be loaded there: " + LogSafeText.message(incomplete));
        }
    }

    private static String comesFrom(Optional<String> place) {
        return "comes from " + place.map(LogSafeText::value).orElse("another place")
                + ", which uses another copy of Kafka than this plugin";
    }

    private static Optional<String> placeOf(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(URL::toString);
    }

    /** Returns whether the type extends or implements a class from another copy of Kafka than ours. */
    private static boolean usesAnotherKafka(Class<?> type) {
        if (type.getName().startsWith(KAFKA_PACKAGE)) {
            return type.getClassLoader() != KafkaException.class.getClassLoader();
        }
        return Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .anyMatch(CustomClassCheck::usesAnotherKafka);
    }

    /** Returns the plugin's folder for the operator's jars: a sibling of the folder that this class was loaded from. */
    private static Path dropIn() {
        return placeOf(CustomClassCheck.class)
                .filter(place -> place.startsWith("file:"))
                .map(place ->
                        Path.of(URI.create(place)).resolveSibling("../drop-in").normalize())
                .filter(Files::isDirectory)
                .orElse(Path.of("plugins.d/flume-kafka/drop-in"));
    }
}
