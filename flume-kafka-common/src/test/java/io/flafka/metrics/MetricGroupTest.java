// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the attributes of a group, read through JMX as Flume's reporters read them. */
class MetricGroupTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final MetricGroup group = new MetricGroup();
    private final LongAdder events = group.count("EventCount", "events");
    private final AtomicReference<Map<String, Supplier<?>>> further = new AtomicReference<>(Map.of());
    private final ObjectName name = new ObjectName("io.flafka.test:type=MetricGroupTest");

    MetricGroupTest() throws JMException {
        group.gauge("Fill", "how full", () -> 0.5);
        group.text("State", "what it does", () -> "works");
        group.addFurther(further::get);
    }

    /** A counter of Flume's is such a class: it has an MBean interface of its own. */
    private final class Declared implements DeclaredMetrics {
        @Override
        public MetricGroup group() {
            return group;
        }
    }

    @BeforeEach
    void register() throws JMException {
        SERVER.registerMBean(new Declared(), name);
    }

    @AfterEach
    void unregister() throws JMException {
        SERVER.unregisterMBean(name);
    }

    @Test
    void showsWhatIsDeclared() throws JMException {
        events.add(3);

        assertThat(SERVER.getMBeanInfo(name).getAttributes())
                .extracting(attribute -> attribute.getName(), attribute -> attribute.getDescription())
                .containsExactly(
                        tuple("EventCount", "events"), tuple("Fill", "how full"), tuple("State", "what it does"));
        assertThat(SERVER.getAttributes(name, new String[] {"EventCount", "Fill", "State", "Other"})
                        .asList())
                .containsExactly(
                        new Attribute("EventCount", 3L), new Attribute("Fill", 0.5), new Attribute("State", "works"));
    }

    @Test
    void showsAttributesThatAppearLater() throws JMException {
        further.set(Map.of("kafka.lag{}", () -> 7.0));

        assertThat(SERVER.getMBeanInfo(name).getAttributes())
                .extracting(attribute -> attribute.getName())
                .contains("kafka.lag{}");
        assertThat(SERVER.getAttribute(name, "kafka.lag{}")).isEqualTo(7.0);
    }

    @Test
    void nothingCanBeSetOrCalled() {
        assertThatThrownBy(() -> SERVER.setAttribute(name, new Attribute("EventCount", 1L)))
                .isInstanceOf(AttributeNotFoundException.class)
                .hasMessage("EventCount can only be read");
        assertThatThrownBy(() -> SERVER.getAttribute(name, "Other")).isInstanceOf(AttributeNotFoundException.class);
        assertThatThrownBy(() -> SERVER.invoke(name, "reset", new Object[0], new String[0]))
                .isInstanceOf(ReflectionException.class);
    }

    @Test
    void aResetSetsCountsToZero() {
        events.add(3);

        group.reset();

        assertThat(group.number("EventCount")).isZero();
    }

    @Test
    void rejectsANameThatIsDeclaredTwice() {
        assertThatThrownBy(() -> group.count("EventCount", "again"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("EventCount is declared twice");
        assertThatThrownBy(() -> group.number("State")).hasMessage("State is not a number of this component");
    }
}
