// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** One broker in a container, of the image that the system property {@code flafka.broker.image} names. For one thread. */
final class ContainerBroker implements KafkaCluster {
    private static final String OFFICIAL = "apache/kafka";

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final KafkaContainer container;

    private ContainerBroker(KafkaContainer container) {
        this.container = container;
    }

    /** Starts it and waits until it serves clients. */
    static ContainerBroker start() {
        DockerImageName image = DockerImageName.parse(image()).asCompatibleSubstituteFor(OFFICIAL);
        KafkaContainer container = new KafkaContainer(image)
                // As the forked broker has it.
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        try {
            container.start();
            return new ContainerBroker(container);
        } catch (RuntimeException | Error e) {
            container.close();
            throw e;
        }
    }

    /**
     * Whether a container engine answers and already has the image. Asked of the {@code docker} program: Testcontainers
     * would first try to download images of its own, for minutes where there is no registry.
     */
    static boolean isAtHand() {
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
