// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides by its name whose copy of a class or resource the isolated components get. */
enum ClassOwner {
    /** Shared with the agent: the JDK, Flume's API and its logging. A second copy would be a different type. */
    HOST,
    /** Kafka and the libraries that need a certain version: only from the plugin's folder, because Flume's {@code lib} has older versions. */
    ISOLATED,
    /** Everything else: from the plugin's folder, which has the operator's jars too; if it is not there, from the agent. */
    EITHER;

    private static final String THIN_CLASSES = "io.flafka.";
    private static final String SERVICES = "META-INF/services/";

    private static final List<String> HOST_PREFIXES = List.of(
            "org.apache.flume.",
            "org.slf4j.",
            "org.apache.logging.",
            // The names of log4j 1, for which an agent has log4j-1.2-api.
            "org.apache.log4j.");

    private static final List<String> ISOLATED_PREFIXES = List.of(
            "org.apache.kafka.",
            "com.github.luben.zstd.",
            "net.jpountz.",
            "org.xerial.snappy.",
            "com.fasterxml.jackson.",
            "org.jose4j.");

    private static final Set<String> JDK_PACKAGES = jdkPackages();

    /** Returns the owner of the class with this binary name. */
    static ClassOwner ofClass(String name) {
        int lastDot = name.lastIndexOf('.');
        return lastDot >= 0 && JDK_PACKAGES.contains(name.substring(0, lastDot)) ? HOST : byPrefix(name);
    }

    /**
     * Returns the owner of the resource with this path. A service file has the owner of its service type. Service files for types of the JDK may come
     * from both sides.
     */
    static ClassOwner ofResource(String path) {
        String typeOrPath = path.startsWith(SERVICES) ? path.substring(SERVICES.length()) : path;
        return byPrefix(typeOrPath.replace('/', '.'));
    }

    private static ClassOwner byPrefix(String name) {
        if (name.startsWith(THIN_CLASSES)) {
            // The thin classes are in this package itself. Everything that is isolated is in a subpackage.
            return name.indexOf('.', THIN_CLASSES.length()) < 0 ? HOST : ISOLATED;
        }
        if (HOST_PREFIXES.stream().anyMatch(name::startsWith)) {
            return HOST;
        }
        return ISOLATED_PREFIXES.stream().anyMatch(name::startsWith) ? ISOLATED : EITHER;
    }

    private static Set<String> jdkPackages() {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        // Null means the boot loader.
        return ModuleLayer.boot().modules().stream()
                .filter(module -> module.getClassLoader() == null || Objects.equals(module.getClassLoader(), platform))
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
