// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * All counters at one moment.
 *
 * @param nanos the time
 * @param events the number of delivered events
 * @param cpu the CPU time of this process
 * @param brokerCpu the CPU time of the broker
 * @param driverCpu the CPU time of the driver
 * @param machine the CPU time of the whole machine
 * @param collections the number of garbage collections
 * @param collecting the time that the garbage collector reports
 * @param compiling the time that the JVM's compiler reports
 * @param allocated the allocated bytes of each live thread
 * @param threadsStarted the number of threads that were ever started
 */
record Reading(
        long nanos,
        long events,
        Duration cpu,
        Duration brokerCpu,
        Duration driverCpu,
        Machine machine,
        long collections,
        Duration collecting,
        Duration compiling,
        Map<Long, Long> allocated,
        long threadsStarted) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static Reading now(Load load, ProcessHandle broker, ProcessHandle driver) {
        long collections = 0;
        long collecting = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += collector.getCollectionCount();
            collecting += collector.getCollectionTime();
        }
        return new Reading(
                System.nanoTime(),
                load.events(),
                Duration.ofNanos(SYSTEM.getProcessCpuTime()),
                cpu(broker),
                cpu(driver),
                Machine.now(),
                collections,
                Duration.ofMillis(collecting),
                Duration.ofMillis(ManagementFactory.getCompilationMXBean().getTotalCompilationTime()),
                allocatedByThread(),
                THREADS.getTotalStartedThreadCount());
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Map<Long, Long> allocatedByThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> allocated = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            allocated.put(ids[i], bytes[i]);
        }
        return allocated;
    }

    /**
     * The CPU time of the machine since its start, in the kernel's ticks.
     *
     * @param busy the time used by any process or taken by the virtual machine's host, without interrupts
     * @param all the total time, with idle time
     */
    record Machine(long busy, long all) {
        // The fields are: user nice system idle iowait irq softirq steal. The later ones are contained in user.
        private static final int FIELDS = 8;
        private static final int STEAL = 7;

        static Machine now() {
            try {
                String line = Files.readString(Path.of("/proc/stat"))
                        .lines()
                        .findFirst()
                        .orElseThrow();
                long[] ticks = Arrays.stream(line.split("\\s+"))
                        .skip(1)
                        .limit(FIELDS)
                        .mapToLong(Long::parseLong)
                        .toArray();
                return new Machine(
                        ticks[0] + ticks[1] + ticks[2] + ticks[STEAL],
                        Arrays.stream(ticks).sum());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
