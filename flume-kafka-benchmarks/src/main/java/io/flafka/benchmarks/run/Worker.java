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
 * The JVM of one run.
 *
 * @param classPath the contender's class path
 * @param directory the folder for its files
 * @param options additional JVM options
 */
record Worker(String classPath, Path directory, List<String> options) {
    /** The JVM options of every contender. */
    static final List<String> JVM =
            List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "-Dlog4j2.configurationFile=worker-log4j2.properties");

    private static final Duration TIMEOUT = Duration.ofMinutes(6);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, Double>> FIGURES = new TypeReference<>() {};

    /**
     * The results of a run.
     *
     * @param figures the figures that the worker printed
     * @param clients the settings that its Kafka clients logged
     */
    record Output(Map<String, Double> figures, Map<String, Map<String, String>> clients) {}

    /** The failure of a run. */
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
            Duration measured = Duration.parse(job.get(Keys.WARM_UP)).plus(Duration.parse(job.get(Keys.WINDOW)));
            int code = process.awaitExit(TIMEOUT.plus(measured));
            String log = process.log();
            String result = log.lines()
                    .filter(line -> line.startsWith(Keys.RESULT))
                    .findFirst()
                    .orElse("");
            if (code != 0 || result.isEmpty()) {
                throw new FailedException(withoutSettings(process.failure("exited with code " + code)));
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
