// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeVersion;
import io.flafka.testing.GeneratedPage;
import io.flafka.testing.HdfsMiniCluster;
import io.flafka.testing.InstalledJava;
import io.flafka.testing.KafkaCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks docs/compatibility.md against real agents. */
@Tag("full")
class CompatibilityIT {
    private static final String COMMAND = "mvn verify -pl flume-kafka-dist -am -Dit.test=CompatibilityIT"
            + " -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
            + " -Dflafka.docs.write=true";
    private static final Path PAGE = GeneratedPage.named("compatibility.md").path();
    private static final int JAVA = 17;
    private static final String SHIPPED = "4.4.0";
    private static final String FOR_OLD_BROKERS = "3.9.2";
    private static final List<InstalledJava> JAVAS = Stream.of(InstalledJava.ofVersion(JAVA), InstalledJava.newestLts())
            .flatMap(java -> java.stream())
            .toList();

    @TempDir
    private Path directory;

    @Test
    void pageMatchesTheResultsOfThisRun() throws IOException {
        List<TrialResult> results = new ArrayList<>();
        try (HdfsMiniCluster hdfs = HdfsMiniCluster.start()) {
            for (KafkaVersion kafka : KafkaVersion.values()) {
                try (KafkaCluster cluster = kafka.start()) {
                    for (Trial trial : trials(kafka)) {
                        results.add(attempt(trial, cluster, hdfs));
                    }
                }
            }
        }
        CompatibilityPage found = CompatibilityPage.of(results);
        if (Boolean.getBoolean("flafka.docs.write")) {
            assertThat(InstalledJava.newestLts())
                    .as("a Java with long-term support newer than %d is needed to generate the page", JAVA)
                    .isPresent();
            Files.writeString(PAGE, found.text());
        }
        compare(new CompatibilityPage(Files.readString(PAGE)), found, results);
    }

    /**
     * Returns the trials: every Flume on every Java with Kafka's newest broker, and the other brokers with the newest
     * Flume.
     */
    private static List<Trial> trials(KafkaVersion kafka) {
        return switch (kafka) {
            case KAFKA_4_4_0 ->
                Stream.of(FlumeVersion.values())
                        .flatMap(flume -> JAVAS.stream().map(java -> new Trial(flume, java.version(), kafka, SHIPPED)))
                        .toList();
            case KAFKA_3_9_2, KAFKA_2_8_2 -> List.of(new Trial(FlumeVersion.FLUME_1_11_0, JAVA, kafka, SHIPPED));
            case KAFKA_1_1_1 ->
                Stream.of(SHIPPED, FOR_OLD_BROKERS)
                        .map(client -> new Trial(FlumeVersion.FLUME_1_11_0, JAVA, kafka, client))
                        .toList();
            case KAFKA_0_10_0_1 -> List.of(new Trial(FlumeVersion.FLUME_1_11_0, JAVA, kafka, FOR_OLD_BROKERS));
        };
    }

    private TrialResult attempt(Trial trial, KafkaCluster cluster, HdfsMiniCluster hdfs) {
        InstalledJava java = JAVAS.stream()
                .filter(installed -> installed.version() == trial.java())
                .findFirst()
                .orElseThrow();
        SmokeAgent agent = SmokeAgent.createIn(directory, trial, hdfs);
        try (AgentProcess process =
                agent.command(java, cluster.bootstrapServers()).start()) {
            return agent.attempt(process);
        }
    }

    /**
     * Compares only the lines of Java versions that this machine has. If some are missing, the test is reported as
     * skipped.
     */
    static void compare(CompatibilityPage committed, CompatibilityPage found, List<TrialResult> results) {
        Set<Integer> both = new HashSet<>(committed.javas());
        both.retainAll(found.javas());
        assertThat(committed.only(both))
                .as(() -> PAGE + "; bring it up to date with: " + COMMAND + "\n" + failures(results))
                .isEqualTo(found.only(both));
        assertThat(results.stream()
                        .filter(result -> !both.contains(result.trial().java())))
                .allMatch(TrialResult::isComplete, "works with a Java that is not on the page");
        assumeThat(found.javas())
                .as("docs/compatibility.md was compared only for Java %s, which this machine has", both)
                .isEqualTo(committed.javas());
    }

    private static String failures(List<TrialResult> results) {
        return results.stream()
                .filter(result -> !result.isComplete())
                .map(TrialResult::description)
                .collect(Collectors.joining("\n\n"));
    }
}
