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

/** Jars that are searched one after the other, up to the first that is better left to the JDK. Thread-safe. */
final class LeanJars implements Closeable {

    /**
     * What was found under a name.
     *
     * @param entry its name in that jar
     */
    record Found(LeanJar jar, String entry) {

        byte[] bytes() throws IOException {
            byte[] bytes = jar.read(entry);
            if (bytes == null) {
                throw new IOException(jar + " has no " + entry);
            }
            return bytes;
        }

        /** Where it comes from, for who asks the class. */
        CodeSource source() {
            return new CodeSource(location(), (Certificate[]) null);
        }

        /** As a {@code URLClassLoader} would name it. */
        URL url() {
            try {
                // The constructor of several parts quotes what may not stand in a URL.
                String quoted = new URI(null, null, "/" + entry, null).getRawPath();
                return new URL("jar:" + location() + "!" + quoted);
            } catch (URISyntaxException | MalformedURLException impossible) {
                throw new IllegalStateException(jar + ", " + entry, impossible);
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
     * Opens them.
     *
     * @throws FlumeException if one cannot be read
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

    /** How many of the given there are; the JDK has the others. */
    int count() {
        return jars.size();
    }

    /**
     * In the first jar that has it.
     *
     * @throws IOException if a jar cannot be read
     */
    Optional<Found> find(String name) throws IOException {
        return all(name, 1).stream().findFirst();
    }

    /**
     * In all jars that have it.
     *
     * @throws IOException if a jar cannot be read
     */
    List<Found> all(String name) throws IOException {
        return all(name, Integer.MAX_VALUE);
    }

    private List<Found> all(String name, int most) throws IOException {
        List<Found> found = new ArrayList<>();
        for (LeanJar jar : jars) {
            String entry = found.size() < most ? jar.find(name) : null;
            if (entry != null) {
                found.add(new Found(jar, entry));
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
