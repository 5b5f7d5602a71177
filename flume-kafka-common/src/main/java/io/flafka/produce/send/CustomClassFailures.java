// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.event.UnwritableEventException;
import io.flafka.failure.UnusableClassException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/**
 * Says what it means that the producer throws: a partitioner or serializer of the operator's runs inside it, on the caller's thread, and may throw anything.
 *
 * <p>Thread-safe.
 *
 * @param configured the names of these classes, for a failure that comes without a stack trace, as the JVM makes it after many of its kind
 */
public record CustomClassFailures(List<String> configured) {

    private static final List<String> NOT_THEIRS = List.of("org.apache.kafka.", "java.", "javax.", "jdk.", "sun.");

    /** As a failure of the record that was to be sent: a class that cannot take this one may take the next. */
    RuntimeException explained(RuntimeException thrown) {
        Optional<String> culprit = culprit(thrown);
        if (thrown instanceof KafkaException) {
            // Those that have a class of their own say what they mean.
            return culprit.isPresent() && thrown.getClass() == KafkaException.class ? bad(culprit, thrown) : thrown;
        }
        // As after a close.
        return culprit.isEmpty() && thrown instanceof IllegalStateException ? thrown : bad(culprit, thrown);
    }

    /** The same of a stack that this record has filled. */
    RuntimeException explained(StackOverflowError thrown) {
        return bad(culprit(thrown), thrown);
    }

    /** No record has a part in that. */
    RuntimeException explained(LinkageError thrown) {
        return new UnusableClassException(name(culprit(thrown)), thrown);
    }

    private UnwritableEventException bad(Optional<String> culprit, Throwable thrown) {
        return new UnwritableEventException(name(culprit) + " does not take the record: " + thrown);
    }

    private String name(Optional<String> culprit) {
        return culprit.orElseGet(
                () -> configured.isEmpty() ? "the Kafka producer" : "the class " + String.join(" or ", configured));
    }

    /** The class that Kafka's producer has called. */
    private static Optional<String> culprit(Throwable thrown) {
        List<String> frames = Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .toList();
        int producer = frames.indexOf(KafkaProducer.class.getName());
        Stream<String> called = producer < 0 ? Stream.empty() : frames.subList(0, producer).stream();
        // Its own methods may be the last of them, or others that they call.
        return called.filter(name -> NOT_THEIRS.stream().noneMatch(name::startsWith))
                .reduce((inner, outer) -> outer);
    }
}
