// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.event.UnwritableEventException;
import io.flafka.failure.CustomClassRejection;
import io.flafka.failure.UnusableClassException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/**
 * Finds out whether an operator's partitioner or serializer has thrown what Kafka's producer throws, and turns it into the failure of the record or of
 * the class. Such a class runs inside the producer, on the caller's thread, and may throw anything.
 *
 * <p>Thread-safe.
 *
 * @param configured the names of the operator's classes. They are named if a failure has no stack trace: the JVM omits it after many equal ones
 */
public record CustomClassFailures(List<String> configured) {

    private static final List<String> LIBRARY_PACKAGES =
            List.of("org.apache.kafka.", "java.", "javax.", "jdk.", "sun.");

    /** Returns the failure of the record that was to be sent. A class that rejects this record may accept the next one. */
    RuntimeException explain(RuntimeException thrown) {
        Optional<String> thrower = throwingClass(thrown);
        if (thrown instanceof KafkaException) {
            // Subclasses of KafkaException have a meaning of their own, whoever throws them.
            return thrower.isPresent() && thrown.getClass() == KafkaException.class
                    ? rejection(thrower, thrown)
                    : thrown;
        }
        // Kafka's own IllegalStateException is not a failure of the record: the producer may be closed.
        return thrower.isEmpty() && thrown instanceof IllegalStateException ? thrown : rejection(thrower, thrown);
    }

    /** Returns the failure of the record whose processing has filled the stack. */
    RuntimeException explain(StackOverflowError thrown) {
        return rejection(throwingClass(thrown), thrown);
    }

    /** Returns a failure of the class, not of the record. */
    RuntimeException explain(LinkageError thrown) {
        return new UnusableClassException(nameOf(throwingClass(thrown)), thrown);
    }

    private UnwritableEventException rejection(Optional<String> thrower, Throwable thrown) {
        return new UnwritableEventException(CustomClassRejection.message(nameOf(thrower), thrown));
    }

    private String nameOf(Optional<String> thrower) {
        return thrower.orElseGet(
                () -> configured.isEmpty() ? "the Kafka producer" : "the class " + String.join(" or ", configured));
    }

    /** Returns the operator's class that Kafka's producer has called, if the stack trace shows one. */
    private static Optional<String> throwingClass(Throwable thrown) {
        List<String> frames = Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .toList();
        int producer = frames.indexOf(KafkaProducer.class.getName());
        Stream<String> called = producer < 0 ? Stream.empty() : frames.subList(0, producer).stream();
        // The outermost frame is the configured class; the frames inside are what it calls.
        return called.filter(name -> LIBRARY_PACKAGES.stream().noneMatch(name::startsWith))
                .reduce((inner, outer) -> outer);
    }
}
