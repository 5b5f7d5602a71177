// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flume.FlumeException;

/** Finds the type names for which an agent gets the class of Flume's own Kafka component instead of ours. */
final class StockClasses {

    private static final List<String> SHARED_NAMES = List.of(
            "org.apache.flume.source.kafka.KafkaSource",
            "org.apache.flume.sink.kafka.KafkaSink",
            "org.apache.flume.channel.kafka.KafkaChannel");

    private StockClasses() {}

    /**
     * Returns a warning for the operator if another jar comes before ours on the class path. No class is loaded for that.
     *
     * @param host the class loader from which Flume gets types
     * @param plugin the folder of this plugin
     * @return the warning, or empty if there is nothing to warn about
     */
    static Optional<String> warning(ClassLoader host, Path plugin) {
        Optional<String> ours =
                locations("io.flafka.KafkaSource", host).stream().findFirst();
        Map<String, String> stock = new LinkedHashMap<>();
        for (String name : SHARED_NAMES) {
            locations(name, host).stream()
                    .findFirst()
                    .filter(first -> !ours.equals(Optional.of(first)))
                    .ifPresent(first -> stock.put(name, first));
        }
        return stock.isEmpty() ? Optional.empty() : Optional.of(message(stock, plugin));
    }

    private static String message(Map<String, String> stock, Path plugin) {
        return stock.entrySet().stream()
                .map(found -> "type = " + found.getKey() + " gets the class in " + found.getValue())
                .collect(Collectors.joining(
                        "; ",
                        "Flume's own Kafka components come before this plugin's on the class path: ",
                        ". To use this plugin's components, write the types io.flafka.KafkaSource, io.flafka.KafkaSink and io.flafka.KafkaChannel,"
                                + " or run "
                                + plugin.resolve("bin/takeover")
                                + ", which moves Flume's jars out of its lib (--undo moves them back)."));
    }

    /** Returns the jars or class folders that have the class, in the order of the class path. */
    private static List<String> locations(String className, ClassLoader host) {
        String path = className.replace('.', '/') + ".class";
        try {
            return Collections.list(host.getResources(path)).stream()
                    .map(url -> jarOrFolder(url, path))
                    .toList();
        } catch (IOException e) {
            throw new FlumeException("Cannot search the class path for " + className, e);
        }
    }

    /** Returns {@code /home/lib/x.jar} for a class in {@code jar:file:/home/lib/x.jar!/}. */
    private static String jarOrFolder(URL found, String path) {
        String url = found.toString();
        String container = url.substring(0, url.length() - path.length())
                .replaceFirst("^jar:", "")
                .replaceFirst("!/$", "");
        return container.startsWith("file:") ? Path.of(URI.create(container)).toString() : container;
    }
}
