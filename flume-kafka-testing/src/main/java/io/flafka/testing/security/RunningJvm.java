// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a running JVM of the same user shows to an operator. Stateless.
 *
 * @param pid its process id
 */
public record RunningJvm(long pid) {

    /** Returns the stacks of all threads, from {@code jcmd}. */
    public String threadDump() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(pid), "Thread.print", "-l", "-e")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the values of all attributes of all MBeans as one text per MBean, by the MBean's name. */
    @SuppressWarnings("BanJNDI") // The address is that of a process which this one has started.
    public Map<String, String> mbeans() {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
                MBeanServerConnection server = connector.getMBeanServerConnection();
                Map<String, String> texts = new TreeMap<>();
                for (ObjectName name : server.queryNames(null, null)) {
                    texts.put(name.toString(), attributes(server, name));
                }
                return texts;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot attach to " + pid, e);
        } catch (AttachNotSupportedException | JMException e) {
            throw new IllegalStateException("Cannot read the MBeans of " + pid, e);
        }
    }

    private static String attributes(MBeanServerConnection server, ObjectName name) throws JMException, IOException {
        StringBuilder text = new StringBuilder();
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
            text.append(attribute.getName())
                    .append('=')
                    .append(value(server, name, attribute))
                    .append('\n');
        }
        return text.toString();
    }

    private static String value(MBeanServerConnection server, ObjectName name, MBeanAttributeInfo attribute)
            throws IOException {
        try {
            return text(server.getAttribute(name, attribute.getName()));
        } catch (JMException | JMRuntimeException unreadable) {
            // A few of Java's own attributes are not supported by every collector.
            return unreadable.toString();
        }
    }

    private static String text(Object value) {
        if (value instanceof CompositeData data) {
            return data.values().stream().map(RunningJvm::text).collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof TabularData table) {
            return table.values().stream().map(RunningJvm::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value != null && value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> text(Array.get(value, i)))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }
}
