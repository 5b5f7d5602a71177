// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.io.Closeable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flume.FlumeException;

/** Searches several jars in their order. It has only the jars before the first one that {@link LeanJar} cannot open. Thread-safe. */
final class LeanJars implements Closeable {

    /**
     * A class or resource that was found.
     *
     * @param jar the jar that has it
     * @param entryName its name in that jar
     */
    record Resource(LeanJar jar, String entryName) {

        byte[] bytes() throws IOException {
            byte[] bytes = jar.read(entryName);
            if (bytes == null) {
                throw new IOException(jar + " has no " + entryName);
            }
            return bytes;
        }

        /** Returns the code source for a class of this jar. */
        CodeSource codeSource() {
            return new CodeSource(location(), (Certificate[]) null);
        }

        /** Returns the same URL as a {@code URLClassLoader}. */
        URL url() {
            try {
                // This constructor quotes the characters that a URL must not have.
                String quoted = new URI(null, null, "/" + entryName, null).getRawPath();
                return new URL("jar:" + location() + "!" + quoted);
            } catch (URISyntaxException | MalformedURLException impossible) {
                throw new IllegalStateException(jar + ", " + entryName, impossible);
            }
        }

        private URL location() {
            try {
                return jar.path().toUri().toURL();
            } catch (MalformedURLException impossible) {
                throw new IllegalStateException(jar.toString(), impossible);
            }
        }
    }

    private final List<LeanJar> jars;

    private LeanJars(List<LeanJar> jars) {
        this.jars = List.copyOf(jars);
    }

    /**
     * Opens the jars, up to the first one that {@link LeanJar} does not support.
     *
     * @throws FlumeException if a jar cannot be read
     */
    static LeanJars open(List<Path> paths) {
        List<LeanJar> jars = new ArrayList<>();
        try {
            for (Path path : paths) {
                Optional<LeanJar> jar = LeanJar.open(path);
                if (jar.isEmpty()) {
                    break;
                }
                jars.add(jar.get());
            }
            return new LeanJars(jars);
        } catch (IOException unreadable) {
            for (LeanJar jar : jars) {
                close(jar, unreadable);
            }
            throw new FlumeException("Cannot read the plugin's folder: " + unreadable, unreadable);
        }
    }

    private static void close(LeanJar jar, IOException failure) {
        try {
            jar.close();
        } catch (IOException also) {
            failure.addSuppressed(also);
        }
    }

    /** Returns how many of the jars are open here; the others are left to the JDK. */
    int count() {
        return jars.size();
    }

    /**
     * Finds a class or resource in the first jar that has it.
     *
     * @throws IOException if a jar cannot be read
     */
    Optional<Resource> find(String name) throws IOException {
        return findAll(name, 1).stream().findFirst();
    }

    /**
     * Finds a class or resource in all jars that have it.
     *
     * @throws IOException if a jar cannot be read
     */
    List<Resource> findAll(String name) throws IOException {
        return findAll(name, Integer.MAX_VALUE);
    }

    private List<Resource> findAll(String name, int limit) throws IOException {
        List<Resource> found = new ArrayList<>();
        for (LeanJar jar : jars) {
            String entryName = found.size() < limit ? jar.resolve(name) : null;
            if (entryName != null) {
                found.add(new Resource(jar, entryName));
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        for (LeanJar jar : jars) {
            jar.close();
        }
    }
}
