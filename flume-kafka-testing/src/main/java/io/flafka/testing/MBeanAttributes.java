// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The attributes that JMX shows in this JVM. Stateless. */
public final class MBeanAttributes {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private MBeanAttributes() {}

    /** The names of all attributes of the MBean of that name. */
    public static List<String> of(String name) throws JMException {
        return Arrays.stream(SERVER.getMBeanInfo(new ObjectName(name)).getAttributes())
                .map(MBeanFeatureInfo::getName)
                .toList();
    }

    /** The names of the attributes that an MBean interface, all of whose methods are getters, declares. */
    public static List<String> declaredBy(Class<?> mbean) {
        return Arrays.stream(mbean.getMethods())
                .map(method -> method.getName().substring("get".length()))
                .toList();
    }

    /** The value of one attribute of the MBean of that name. */
    public static Object value(String name, String attribute) throws JMException {
        return SERVER.getAttribute(new ObjectName(name), attribute);
    }
}
