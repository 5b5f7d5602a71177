// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** One broker in a container. The system property {@code flafka.broker.image} names its image. For one thread. */
final class ContainerBroker implements KafkaCluster {
    private static final String OFFICIAL = "apache/kafka";

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final KafkaContainer container;

    private ContainerBroker(KafkaContainer container) {
        this.container = container;
    }

    /** Starts a broker and waits until it serves clients. */
    static ContainerBroker start() {
        DockerImageName image = DockerImageName.parse(image()).asCompatibleSubstituteFor(OFFICIAL);
        KafkaContainer container = new KafkaContainer(image)
                // Same as the forked broker.
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_LOG_RETENTION_MS", "-1");
        try {
            container.start();
            return new ContainerBroker(container);
        } catch (RuntimeException | Error e) {
            container.close();
            throw e;
        }
    }

    /**
     * Returns whether a container engine answers and already has the image. It runs the {@code docker} program, because
     * Testcontainers would first try to download its own images, for minutes where no registry is reachable.
     */
    static boolean isAvailable() {
        try {
            Process inspect = new ProcessBuilder("docker", "image", "inspect", image())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean answered = inspect.waitFor(ANSWER.toSeconds(), TimeUnit.SECONDS);
            inspect.destroyForcibly();
            return answered && inspect.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String image() {
        return System.getProperty("flafka.broker.image", OFFICIAL + ":4.4.0");
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void close() {
        container.close();
    }
}
