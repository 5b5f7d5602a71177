// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.event.HeaderMapping;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Maps event headers to record headers and back by rules: our mapping, and the plain loop of the stock components. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MappingBenchmark {
    /** The number of rules. There is a header for each. */
    @Param({"0", "2", "8"})
    public int headers;

    private final Map<String, String> rules = new LinkedHashMap<>();
    private final Map<String, String> eventHeaders = new HashMap<>();
    private final Headers recordHeaders = new RecordHeaders();
    private HeaderMapping mapping = HeaderMapping.none();

    /** Creates the rules and headers. */
    @Setup
    public void prepare() {
        for (int i = 0; i < headers; i++) {
            String text = "value of header " + i;
            rules.put("event-" + i, "record-" + i);
            eventHeaders.put("event-" + i, text);
            recordHeaders.add("record-" + i, text.getBytes(UTF_8));
        }
        mapping = new HeaderMapping(rules);
    }

    /** Maps to record headers with our mapping. */
    @Benchmark
    public Headers oursToRecord() {
        Headers target = new RecordHeaders();
        mapping.writeTo(eventHeaders, target);
        return target;
    }

    /** Maps to record headers with the plain loop. */
    @Benchmark
    public Headers loopToRecord() {
        Headers target = new RecordHeaders();
        for (Map.Entry<String, String> rule : rules.entrySet()) {
            String value = eventHeaders.get(rule.getKey());
            if (value != null) {
                target.add(rule.getValue(), value.getBytes(UTF_8));
            }
        }
        return target;
    }

    /** Maps to event headers with our mapping. */
    @Benchmark
    public Map<String, String> oursToEvent() {
        Map<String, String> target = new HashMap<>();
        mapping.readFrom(recordHeaders, target);
        return target;
    }

    /** Maps to event headers with the plain loop. */
    @Benchmark
    public Map<String, String> loopToEvent() {
        Map<String, String> target = new HashMap<>();
        for (Map.Entry<String, String> rule : rules.entrySet()) {
            Header last = recordHeaders.lastHeader(rule.getValue());
            if (last != null) {
                target.put(rule.getKey(), new String(last.value(), UTF_8));
            }
        }
        return target;
    }
}
