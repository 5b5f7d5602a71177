// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Tells the operator that the agent is out of memory, as far as there is memory to log it. */
class OutOfMemoryReportTest {

    private final OutOfMemoryError full = new OutOfMemoryError("Java heap space");

    private final List<String> lines = new ArrayList<>();
    private int refusals;
    private int attempts;

    @Test
    void namesTheComponentAndWhatToDo() {
        log();

        assertThat(lines)
                .containsExactly(
                        "error KafkaSource r: out of memory (Java heap space): it has stopped. The agent's heap is "
                                + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MB. Raise it in conf/flume-env.sh, for example with JAVA_OPTS=\"-Xmx256m\", or lower the capacity of the"
                                + " agent's memory channels; then restart the agent");
    }

    @Test
    void retriesIfThereIsNoMemoryToLog() {
        refusals = 29;

        log();

        assertThat(lines).hasSize(1);
        assertThat(attempts).isEqualTo(30);
    }

    @Test
    void givesUpAfter30Attempts() {
        refusals = Integer.MAX_VALUE;

        log();

        assertThat(lines).isEmpty();
        assertThat(attempts).isEqualTo(30);
    }

    @Test
    void givesUpWhenInterrupted() {
        refusals = 1;
        Thread.currentThread().interrupt();

        log();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(attempts).isEqualTo(1);
    }

    private void log() {
        Logger logger = (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    attempts++;
                    if (attempts <= refusals) {
                        throw new OutOfMemoryError("in the logger");
                    }
                    lines.add(method.getName() + " " + arguments[0]);
                    return null;
                });
        OutOfMemoryReport.log(logger, "KafkaSource r", "it has stopped", full, Duration.ofNanos(1));
    }
}
