// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flafka.benchmarks.worker.Keys;
import io.flafka.benchmarks.worker.WorkerMain;
import io.flafka.testing.TestProcess;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One run's JVM.
 *
 * @param classPath the contender's
 * @param directory for its files
 * @param options of the JVM beside the fixed ones
 */
record Worker(String classPath, Path directory, List<String> options) {
    /** The same for every contender. */
    static final List<String> JVM =
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "-Dlog4j2.configurationFile=worker-log4j2.properties");

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, Double>> FIGURES = new TypeReference<>() {};

    /**
     * What a run gave.
     *
     * @param figures as the worker printed them
     * @param clients what its Kafka clients said that they were set to
     */
    record Output(Map<String, Double> figures, Map<String, Map<String, String>> clients) {}

    /** What a run is to do, and has failed to. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }

    Output run(Map<String, String> job) throws IOException, FailedException {
        Path file = Files.createDirectories(directory).resolve("job.properties");
        Properties properties = new Properties();
        properties.putAll(job);
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, WorkerMain.class.getName(), file.toString()));
        try (TestProcess process = TestProcess.start("worker", command, Map.of(), directory.resolve("worker.log"))) {
            int code = process.awaitExit(TIMEOUT);
            String log = process.log();
            String result = log.lines()
                    .filter(line -> line.startsWith(Keys.RESULT))
                    .findFirst()
                    .orElse("");
            if (code != 0 || result.isEmpty()) {
                throw new FailedException(withoutSettings(process.failure("ended with code " + code)));
            }
            return new Output(
                    JSON.readValue(result.substring(Keys.RESULT.length()), FIGURES), ClientSettingsLog.in(log));
        } catch (AssertionError tooLong) {
            throw new FailedException(withoutSettings(tooLong));
        }
    }

    private static String withoutSettings(AssertionError failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .filter(line -> !line.startsWith("\t"))
                .collect(Collectors.joining("\n"));
    }
}
