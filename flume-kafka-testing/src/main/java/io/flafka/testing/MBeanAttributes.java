// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Reads the attributes of this JVM's MBeans. Stateless. */
public final class MBeanAttributes {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private MBeanAttributes() {}

    /** Returns the names of an MBean's attributes. */
    public static List<String> of(String name) throws JMException {
        return Arrays.stream(SERVER.getMBeanInfo(new ObjectName(name)).getAttributes())
                .map(MBeanFeatureInfo::getName)
                .toList();
    }

    /** Returns the names of the attributes that an MBean interface declares. All its methods must be getters. */
    public static List<String> declaredBy(Class<?> mbean) {
        return Arrays.stream(mbean.getMethods())
                .map(method -> method.getName().substring("get".length()))
                .toList();
    }

    /** Returns the value of an MBean's attribute. */
    public static Object value(String name, String attribute) throws JMException {
        return SERVER.getAttribute(new ObjectName(name), attribute);
    }
}
