// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.GeneratedPage;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ScramListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a real agent's log says about each way in which a client gets no access. */
class FailureWordsIT {

    private static final ScramListener SCRAM = new ScramListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true")
            .with(SCRAM);

    private static final GeneratedPage PAGE = GeneratedPage.named("security.md");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    @Test
    void eachFailureHasOneLineThatSaysWhatToDo() throws Exception {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory.resolve("home")));
        keepKafkaQuiet(home);
        try (RefusingServers servers = new RefusingServers(KAFKA, SCRAM, directory)) {
            List<AccessFailure> failures = new AccessFailures(servers).all();
            String allowedUrls = new TokenFailures(servers).allowedUrls();
            try (AgentProcess agent = AgentCommand.of(home, "a", agentFile(failures))
                    .with("-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + allowedUrls)
                    .launch()) {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(unexplained(failures, agent.log())).isEmpty());
                failures.stream()
                        .filter(failure -> !isOfSink(failure))
                        .forEach(failure -> assertThat(linesOf(failure, agent.log()))
                                .as(failure.title())
                                .hasSize(1));
                assertThat(agent.log().lines().filter(FailureWordsIT::isOfKafka))
                        .hasSizeLessThan(failures.size() * 10);
            }
            PAGE.assertIs(
                    page -> new FailurePage(page).with(failures, directory).text());
        }
    }

    /** Proves that the documented loggers hide nothing that an operator needs. */
    private static void keepKafkaQuiet(FlumeHome home) throws IOException {
        Path file = home.conf().resolve("log4j2.xml");
        String loggers = new FailurePage(Files.readString(PAGE.path())).quietLoggers();
        Files.writeString(file, Files.readString(file).replace("<Loggers>", "<Loggers>\n" + loggers));
    }

    private static boolean isOfKafka(String line) {
        return line.contains(" org.apache.kafka.");
    }

    /** Flume logs what a sink throws, at each attempt. */
    private static boolean isOfSink(AccessFailure failure) {
        return failure.component().startsWith("KafkaSink ");
    }

    /** Returns the failures that the log does not explain, each with what its component says instead. */
    private static List<String> unexplained(List<AccessFailure> failures, String log) {
        return failures.stream()
                .filter(failure -> linesOf(failure, log).isEmpty())
                .map(failure -> failure.pattern() + " is missing; "
                        + problems(log)
                                .filter(line -> line.contains(" " + failure.component() + ":"))
                                .toList())
                .toList();
    }

    private static List<String> linesOf(AccessFailure failure, String log) {
        Pattern pattern = Pattern.compile(failure.pattern());
        return problems(log).filter(line -> pattern.matcher(line).find()).toList();
    }

    private static Stream<String> problems(String log) {
        return log.lines()
                .filter(line -> line.contains(" ERROR ")
                        || line.contains(" WARN ")
                        || line.contains("DeliveryFailedException"));
    }

    private static String agentFile(List<AccessFailure> failures) {
        List<AccessFailure> sinks =
                failures.stream().filter(FailureWordsIT::isOfSink).toList();
        String channels = sinks.stream().map(AccessFailure::name).collect(Collectors.joining(" "));
        return """
                a.sources = numbers %1$s
                a.sinks = %2$s
                a.channels = memory %2$s
                a.sources.numbers.type = seq
                a.sources.numbers.totalEvents = 1
                a.sources.numbers.channels = %2$s
                a.channels.memory.type = memory
                """.formatted(
                                failures.stream()
                                        .filter(failure -> !sinks.contains(failure))
                                        .map(AccessFailure::name)
                                        .collect(Collectors.joining(" ")),
                                channels)
                + sinks.stream()
                        .map(sink -> "a.channels.%s.type = memory%n".formatted(sink.name()))
                        .collect(Collectors.joining())
                + failures.stream().map(AccessFailure::inAgentFile).collect(Collectors.joining());
    }
}
