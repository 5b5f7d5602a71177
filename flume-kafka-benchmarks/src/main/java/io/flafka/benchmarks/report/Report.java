// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import io.flafka.benchmarks.run.Contender;
import io.flafka.benchmarks.run.Scenario;
import java.util.List;
import java.util.Map;

/**
 * All that one call of the command measured, and all that is needed to judge it.
 *
 * @param date when it began, ISO 8601
 * @param commit of the checkout, with {@code -dirty} if files differ
 * @param machine by name
 * @param broker its settings
 * @param windows warm-up and window
 * @param contenders as they were written
 * @param clients by contender and component's load: what their Kafka clients said that they were set to
 * @param scenarios in their order
 * @param runs in their order, also the disturbed and the failed
 * @param codec the microbenchmarks; may be empty
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
     * One microbenchmark.
     *
     * @param name of its method
     * @param headers of the event
     * @param body bytes
     * @param operations a second
     * @param error of that, half the 99.9 % interval
     * @param allocated bytes an operation
     */
    public record CodecResult(String name, int headers, int body, double operations, double error, double allocated) {}
}
