// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import io.flafka.benchmarks.run.Contender;
import io.flafka.benchmarks.run.Scenario;
import java.util.List;
import java.util.Map;

/**
 * The results of one measurement, and everything that is needed to judge them.
 *
 * @param date when the measurement started, in ISO 8601
 * @param commit the commit of the checkout, with {@code -dirty} if files differ
 * @param machine the machine's data by name
 * @param broker the broker's settings
 * @param windows the lengths of warm-up and window
 * @param contenders the contenders as configured
 * @param clients the settings that the Kafka clients logged, by contender and load
 * @param scenarios the scenarios in their order
 * @param runs all runs in their order, with disturbed and failed ones
 * @param codec the results of the microbenchmarks; may be empty
 */
public record Report(
        String date,
        String commit,
        Map<String, String> machine,
        Map<String, String> broker,
        Map<String, String> windows,
        List<Contender> contenders,
        Map<String, Map<String, Map<String, String>>> clients,
        List<Scenario> scenarios,
        List<Run> runs,
        List<CodecResult> codec) {

    /**
     * The result of one microbenchmark.
     *
     * @param name the name of the method
     * @param headers the number of headers
     * @param body the size of the body in bytes
     * @param operations operations per second
     * @param error half the 99.9 % confidence interval of {@code operations}
     * @param allocated bytes per operation
     */
    public record CodecResult(String name, int headers, int body, double operations, double error, double allocated) {}
}
