// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reads contenders from JSON. */
public final class Contenders {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Contenders() {}

    /** Returns the contenders of this module. */
    public static List<Contender> standard() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                Contenders.class.getResourceAsStream("/contenders.json"), "contenders.json is not in the jar")) {
            return List.of(JSON.readValue(in, Contender[].class));
        }
    }

    /** Returns the contenders in a file. */
    public static List<Contender> in(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return List.of(JSON.readValue(in, Contender[].class));
        }
    }
}
