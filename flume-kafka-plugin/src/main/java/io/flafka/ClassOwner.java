// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Says, by its name alone, whose copy of a class or resource the isolated components get. */
enum ClassOwner {
    /** Shared with the agent: the JDK, Flume's API and its logging. A second copy would be a different type. */
    HOST,
    /** Kafka and what it must find at its own version: from the plugin's folder or not at all, as Flume's {@code lib} has older ones. */
    ISOLATED,
    /** Anything else: from the plugin's folder if it is there (an operator's jars), otherwise the agent's. */
    EITHER;

    private static final String THIN_CLASSES = "io.flafka.";
    private static final String SERVICES = "META-INF/services/";

    private static final List<String> HOSTS = List.of(
            "org.apache.flume.",
            "org.slf4j.",
            "org.apache.logging.",
            // log4j 1's names, which log4j-1.2-api serves in an agent.
            "org.apache.log4j.");

    private static final List<String> ISOLATED_ONLY = List.of(
            "org.apache.kafka.",
            "com.github.luben.zstd.",
            "net.jpountz.",
            "org.xerial.snappy.",
            "com.fasterxml.jackson.",
            "org.jose4j.");

    private static final Set<String> JDK_PACKAGES = jdkPackages();

    /** The owner of a class, given its binary name. */
    static ClassOwner ofClass(String name) {
        int lastDot = name.lastIndexOf('.');
        return lastDot >= 0 && JDK_PACKAGES.contains(name.substring(0, lastDot)) ? HOST : byPrefix(name);
    }

    /**
     * The owner of a resource, given its path. A service file belongs to whom the service's type belongs to; those of the JDK's
     * service types may come from both sides.
     */
    static ClassOwner ofResource(String path) {
        String owned = path.startsWith(SERVICES) ? path.substring(SERVICES.length()) : path;
        return byPrefix(owned.replace('/', '.'));
    }

    private static ClassOwner byPrefix(String name) {
        if (name.startsWith(THIN_CLASSES)) {
            // The thin classes are in this package itself, everything that runs in isolation is in packages below it.
            return name.indexOf('.', THIN_CLASSES.length()) < 0 ? HOST : ISOLATED;
        }
        if (HOSTS.stream().anyMatch(name::startsWith)) {
            return HOST;
        }
        return ISOLATED_ONLY.stream().anyMatch(name::startsWith) ? ISOLATED : EITHER;
    }

    private static Set<String> jdkPackages() {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        // A null loader is the boot loader.
        return ModuleLayer.boot().modules().stream()
                .filter(module -> module.getClassLoader() == null || Objects.equals(module.getClassLoader(), platform))
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
