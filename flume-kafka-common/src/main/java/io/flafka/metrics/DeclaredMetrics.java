// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanInfo;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/**
 * An MBean with the attributes of a {@link MetricGroup}. Flume's reporters show all of them. A class that extends one of Flume's counters and
 * implements this has these attributes in place of those that Flume declares.
 *
 * <p>For any thread. Nothing can be set or called through JMX.
 */
public interface DeclaredMetrics extends DynamicMBean {

    /** Returns the attributes. */
    MetricGroup group();

    @Override
    default Object getAttribute(String name) throws AttributeNotFoundException {
        return group().find(name).orElseThrow(() -> new AttributeNotFoundException(name));
    }

    /** Leaves out what the MBean does not have, as JMX wants it. */
    @Override
    default AttributeList getAttributes(String[] names) {
        return group().read(names);
    }

    @Override
    default MBeanInfo getMBeanInfo() {
        return group().info(getClass().getName());
    }

    @Override
    default void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " can only be read");
    }

    @Override
    default AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    default @Nullable Object invoke(String operation, Object[] arguments, String[] signature)
            throws ReflectionException {
        throw new ReflectionException(new NoSuchMethodException(operation));
    }
}
