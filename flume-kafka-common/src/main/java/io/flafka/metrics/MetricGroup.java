// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;

/**
 * The attributes of one component: each is declared once, together with where its value comes from.
 *
 * <p>Declare them before the component starts. After that, values can be read by any thread.
 */
public final class MetricGroup {

    /** An attribute and its value, which is never null. */
    private record Declaration(Metric metric, Supplier<?> value) {}

    private final Map<String, Declaration> declared = new LinkedHashMap<>();
    private final List<Runnable> resets = new ArrayList<>();
    private Supplier<Map<String, Supplier<?>>> further = Map::of;

    /** Declares a count that is kept here. It is 0 again at each start. */
    public LongAdder count(String name, String text) {
        LongAdder counter = new LongAdder();
        onReset(counter::reset);
        count(name, text, counter::sum);
        return counter;
    }

    /** Declares a count that is kept elsewhere. */
    public void count(String name, String text, LongSupplier value) {
        declare(new Metric(name, Metric.Kind.COUNT, text), value::getAsLong);
    }

    /** Declares a number that can fall, too. */
    public void gauge(String name, String text, Supplier<? extends Number> value) {
        declare(new Metric(name, Metric.Kind.GAUGE, text), value);
    }

    /** Declares a text. */
    public void text(String name, String text, Supplier<String> value) {
        declare(new Metric(name, Metric.Kind.TEXT, text), value);
    }

    private void declare(Metric metric, Supplier<?> value) {
        if (declared.put(metric.name(), new Declaration(metric, value)) != null) {
            throw new IllegalArgumentException(metric.name() + " is declared twice");
        }
    }

    /** Adds attributes whose names are known only while the component runs, by name. A value is only asked for when it is read. */
    public void addFurther(Supplier<Map<String, Supplier<?>>> attributes) {
        further = attributes;
    }

    /** Adds what must happen at each start of the component. */
    public void onReset(Runnable reset) {
        resets.add(reset);
    }

    /** Sets all counts that are kept here to 0, because the component starts. */
    public void reset() {
        resets.forEach(Runnable::run);
    }

    /** Returns the declared attributes, in the order of their declaration. */
    public List<Metric> declarations() {
        return declared.values().stream().map(Declaration::metric).toList();
    }

    /** Returns those of these attributes that the group has, as they are now. */
    AttributeList read(String... names) {
        AttributeList found = new AttributeList();
        Map<String, Supplier<?>> others = further.get();
        for (String name : names) {
            Declaration known = declared.get(name);
            Supplier<?> value = known == null ? others.get(name) : known.value();
            if (value != null) {
                found.add(new Attribute(name, value.get()));
            }
        }
        return found;
    }

    /** Returns the value of an attribute; empty if the group does not have it. */
    public Optional<Object> find(String name) {
        return read(name).asList().stream().findFirst().map(Attribute::getValue);
    }

    /**
     * Returns the value of a declared number.
     *
     * @throws IllegalArgumentException if the group has no number of this name
     */
    public long number(String name) {
        return find(name)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).longValue())
                .orElseThrow(() -> new IllegalArgumentException(name + " is not a number of this component"));
    }

    /** Describes all attributes as they are now. */
    MBeanInfo info(String className) {
        Stream<MBeanAttributeInfo> known = declarations().stream()
                .map(metric -> attribute(metric.name(), metric.kind().type(), metric.text()));
        Stream<MBeanAttributeInfo> others = further.get().keySet().stream()
                .map(name -> attribute(name, Object.class.getName(), "A metric of Kafka's client"));
        return new MBeanInfo(
                className,
                "A Kafka component of a Flume agent",
                Stream.concat(known, others).toArray(MBeanAttributeInfo[]::new),
                null,
                null,
                null);
    }

    private static MBeanAttributeInfo attribute(String name, String type, String text) {
        return new MBeanAttributeInfo(name, type, text, true, false, false);
    }
}
