// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes reports as JSON. */
public final class ReportFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ReportFile() {}

    /** Writes a report, replacing the file. */
    public static void write(Report report, Path file) throws IOException {
        JSON.writeValue(file.toFile(), report);
    }

    /** Reads a report that {@link #write} has written. */
    public static Report read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Report.class);
    }
}
