// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Describes the machine and the commit of a measurement. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final long GIGABYTE = 1L << 30;

    private Machine() {}

    static Map<String, String> describe() throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, String> machine = new TreeMap<>();
        machine.put("processors", Integer.toString(system.getAvailableProcessors()));
        machine.put("processor", processor());
        machine.put("memory", system.getTotalMemorySize() / GIGABYTE + " GiB");
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return machine;
    }

    private static String processor() throws IOException {
        if (!Files.exists(PROCESSORS)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(PROCESSORS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: ", ""))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    /** Returns the current commit, or {@code unknown} outside a checkout. */
    static String commit(Path project) throws IOException {
        Process git = new ProcessBuilder(
                        List.of("git", "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*"))
                .directory(project.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String commit = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
        return commit.isEmpty() ? "unknown" : commit;
    }
}
