// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.flafka.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with offsets, as Kafka's tools write it, and what is wrong with others. */
class OffsetFileTest {

    @TempDir
    private Path directory;

    private final Problems problems = new Problems("Kafka tester t1", "");

    private Map<TopicPartition, Long> read(String... lines) throws IOException {
        String file =
                Files.write(directory.resolve("offsets.csv"), List.of(lines)).toString();
        return OffsetFile.read("p", file, problems);
    }

    @Test
    void readsTheLinesOfBothTools() throws IOException {
        assertThat(read("\"a.b\",0,30", "", "c:7:12"))
                .isEqualTo(Map.of(new TopicPartition("a.b", 0), 30L, new TopicPartition("c", 7), 12L));
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void eachWrongLineIsAnError() throws IOException {
        read("topic;0;1", "t,0,1", "t,0,2", "t,-1,2");

        String file = "p: the file " + directory.resolve("offsets.csv");
        assertThat(problems.errors())
                .containsExactly(
                        file + " has 'topic;0;1' in line 1; each line must be topic,partition,offset",
                        file + " has t-0 twice, the second time in line 3",
                        file + " has 't,-1,2' in line 4; each line must be topic,partition,offset");
    }

    @Test
    void anEmptyFileIsAnError() throws IOException {
        read();

        assertThat(problems.errors()).singleElement(STRING).endsWith(" has no line topic,partition,offset");
    }

    @Test
    void aMissingFileIsAnError() {
        OffsetFile.read("p", directory.resolve("none").toString(), problems);

        assertThat(problems.errors())
                .singleElement(STRING)
                .contains("cannot be read: java.nio.file.NoSuchFileException: ");
    }
}
