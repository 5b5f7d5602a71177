// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.event.UnwritableEventException;
import io.flafka.failure.UnusableClassException;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Explains exceptions that the producer throws. */
class CustomClassFailuresTest {

    private static final CustomClassFailures CLASSES =
            new CustomClassFailures(List.of("com.example.P", "com.example.S"));
    private static final StackTraceElement PRODUCER = frame(KafkaProducer.class.getName());
    private static final StackTraceElement OURS = frame("io.flafka.produce.send.SentRecords");

    @Test
    void namesTheClassThatTheProducerHasCalled() {
        RuntimeException thrown = thrown(
                new NullPointerException("no key"),
                frame("java.util.Objects"),
                frame("com.example.deep.Rule"),
                frame("com.example.Partitions"),
                frame("org.apache.kafka.common.serialization.Serializer"),
                PRODUCER,
                PRODUCER,
                OURS);

        assertThat(CLASSES.explain(thrown))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage("com.example.Partitions rejects the record: java.lang.NullPointerException: no key");
    }

    @Test
    void namesTheConfiguredClassesWithoutAStackTrace() {
        assertThat(CLASSES.explain(thrown(new ClassCastException("x"))))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage(
                        "the class com.example.P or com.example.S rejects the record: java.lang.ClassCastException: x");
        assertThat(new CustomClassFailures(List.of()).explain(thrown(new ClassCastException("x"))))
                .hasMessage("the Kafka producer rejects the record: java.lang.ClassCastException: x");
    }

    @Test
    void exceptionsOfKafkasClientItselfAreKept() {
        StackTraceElement[] kafkas = {PRODUCER, OURS};
        for (RuntimeException own : List.of(
                new TimeoutException("late"),
                new SerializationException("no"),
                new KafkaException("error state"),
                new IllegalStateException("closed"))) {
            assertThat(CLASSES.explain(thrown(own, kafkas))).isSameAs(own);
        }
        RuntimeException late = thrown(new TimeoutException("late"), frame("com.example.P"), PRODUCER);
        assertThat(CLASSES.explain(late)).isSameAs(late);
        assertThat(CLASSES.explain(thrown(new IllegalArgumentException("invalid partition: -1"), kafkas)))
                .isInstanceOf(UnwritableEventException.class);
    }

    @Test
    void theSameExceptionsFromACustomClassMeanABadRecord() {
        for (RuntimeException foreign : List.of(new KafkaException("?"), new IllegalStateException("?"))) {
            assertThat(CLASSES.explain(thrown(foreign, frame("com.example.P"), PRODUCER, OURS)))
                    .isInstanceOf(UnwritableEventException.class);
        }
        assertThat(CLASSES.explain(new StackOverflowError())).isInstanceOf(UnwritableEventException.class);
    }

    @Test
    void aClassThatCannotBeUsedIsNotABadRecord() {
        NoClassDefFoundError missing = new NoClassDefFoundError("com/example/Dep");
        missing.setStackTrace(new StackTraceElement[] {frame("com.example.P"), PRODUCER, OURS});

        assertThat(CLASSES.explain(missing))
                .isInstanceOf(UnusableClassException.class)
                .hasMessage(
                        "com.example.P cannot be used: java.lang.NoClassDefFoundError: com/example/Dep; copy the jar with"
                                + " what it needs to drop-in/ in the plugin's folder, and restart the agent");
    }

    private static RuntimeException thrown(RuntimeException exception, StackTraceElement... frames) {
        exception.setStackTrace(frames);
        return exception;
    }

    private static StackTraceElement frame(String className) {
        return new StackTraceElement(className, "call", "File.java", 1);
    }
}
