// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Measures a running agent through JMX and {@code /proc}, so on Linux only. Its connection costs the agent a few threads
 * and descriptors, always the same. For one thread.
 */
final class AgentProbe implements AutoCloseable {
    private static final long KIB = 1024;

    private final Path process;
    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;
    private final BufferPoolMXBean direct;

    private AgentProbe(Path process, JMXConnector connector) throws IOException {
        this.process = process;
        this.connector = connector;
        MBeanServerConnection server = connector.getMBeanServerConnection();
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        this.direct = ManagementFactory.newPlatformMXBeanProxy(
                server, "java.nio:type=BufferPool,name=direct", BufferPoolMXBean.class);
    }

    /** Connects to an agent of the same user. */
    @SuppressWarnings("BanJNDI") // The address is that of a process which this one has started.
    static AgentProbe attach(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            return new AgentProbe(
                    Path.of("/proc", Long.toString(pid)), JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot attach to the agent " + pid, e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("Cannot attach to the agent " + pid, e);
        }
    }

    /** Collects the garbage and measures. */
    Sample sample(Duration at, long delivered, long backlog) {
        memory.gc();
        return new Sample(
                at,
                memory.getHeapMemoryUsage().getUsed(),
                direct.getMemoryUsed(),
                threads.getThreadCount(),
                descriptors(),
                resident(),
                delivered,
                backlog);
    }

    private long descriptors() {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long resident() {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
