// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.config.LogSafeText;
import io.flafka.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * A file with an offset for each partition, as Kafka's tools write it: {@code kafka-consumer-groups.sh --export} ({@code topic,partition,offset}) and
 * {@code kafka-get-offsets.sh} ({@code topic:partition:offset}). Stateless.
 */
final class OffsetFile {

    private static final Pattern LINE =
            Pattern.compile("\"?([a-zA-Z0-9._-]{1,249})\"?[,:]\\s*(\\d{1,9})[,:]\\s*(\\d{1,18})");

    private OffsetFile() {}

    /**
     * Reads a file. Adds what is wrong with it to the problems.
     *
     * @param property the property that names the file
     * @param name the file's path, as it is in the agent file
     */
    static Map<TopicPartition, Long> read(String property, String name, Problems problems) {
        String file = property + ": the file " + LogSafeText.value(name);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(name));
        } catch (IOException | InvalidPathException unreadable) {
            problems.error(file + " cannot be read: " + unreadable);
            return offsets;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                TopicPartition partition = new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2)));
                if (offsets.put(partition, Long.parseLong(matcher.group(3))) != null) {
                    problems.error("%s has %s twice, the second time in line %d".formatted(file, partition, i + 1));
                }
            } else if (!line.isEmpty()) {
                problems.error("%s has %s in line %d; each line must be topic,partition,offset"
                        .formatted(file, LogSafeText.quoted(line), i + 1));
            }
        }
        if (offsets.isEmpty()) {
            problems.error(file + " has no line topic,partition,offset");
        }
        return offsets;
    }
}
