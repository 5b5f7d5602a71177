// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.apache.flume.FlumeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the components' implementations with Kafka from the plugin's own folder, so that Flume's older Kafka jars never meet them.
 *
 * <p>Who owns a class or resource is {@link ClassOwner}'s answer. Parallel capable, for threads of several components load at once.
 * One a JVM and open until it ends: components made by the same loader see each other's real classes.
 */
final class IsolatedClassLoader extends URLClassLoader {

    private static final Logger LOG = LoggerFactory.getLogger(IsolatedClassLoader.class);

    private static @Nullable IsolatedClassLoader ofThisJvm;

    static {
        registerAsParallelCapable();
    }

    private final PluginFolder folder;
    /** The product's own jars. This class's own search is for the others: it keeps much of an open jar on the heap. */
    private final LeanJars jars;

    IsolatedClassLoader(PluginFolder folder, ClassLoader host) {
        this(folder, LeanJars.open(folder.kafka()), host);
    }

    private IsolatedClassLoader(PluginFolder folder, LeanJars jars, ClassLoader host) {
        super("flume-kafka", folder.classPathBehind(jars.count()), host);
        this.folder = folder;
        this.jars = jars;
    }

    /**
     * The JVM's one loader, made when the first component asks for it.
     *
     * @throws FlumeException if the plugin's folder is not laid out as it was unzipped
     */
    static synchronized IsolatedClassLoader ofThisJvm() {
        IsolatedClassLoader loader = ofThisJvm;
        if (loader == null) {
            ClassLoader host = IsolatedClassLoader.class.getClassLoader();
            loader = new IsolatedClassLoader(PluginFolder.ofThisPlugin(), host);
            LOG.info("Kafka components run in isolation on {}", loader.folder);
            StockClasses.warning(host, loader.folder.path()).ifPresent(LOG::warn);
            ofThisJvm = loader;
        }
        return loader;
    }

    /**
     * Makes a component, with this loader as the context class loader while its constructor runs.
     *
     * @throws FlumeException if the class is missing or does not load: the folder was changed after it was unzipped
     */
    @SuppressWarnings("try") // The resource is not used but held: see ContextClassLoaderSwap.
    <T> T newComponent(String className, Class<T> type) {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(this)) {
            return type.cast(loadClass(className).getConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new FlumeException("Cannot make " + className + " from " + folder + ": unzip the plugin again", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                type = switch (ClassOwner.ofClass(name)) {
                    case HOST -> getParent().loadClass(name);
                    case ISOLATED -> findClass(name);
                    case EITHER -> ownOrHosts(name);
                };
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            Optional<LeanJars.Found> found = jars.find(name.replace('.', '/') + ".class");
            if (found.isEmpty()) {
                return super.findClass(name);
            }
            byte[] bytes = found.get().bytes();
            return defineClass(name, bytes, 0, bytes.length, found.get().source());
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private Class<?> ownOrHosts(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notInTheFolder) {
            return getParent().loadClass(name);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        ClassOwner owner = ClassOwner.ofResource(name);
        URL own = owner == ClassOwner.HOST ? null : findResource(name);
        return own == null && owner != ClassOwner.ISOLATED ? getParent().getResource(name) : own;
    }

    @Override
    public @Nullable URL findResource(String name) {
        try {
            return jars.find(name).map(LeanJars.Found::url).orElseGet(() -> super.findResource(name));
        } catch (IOException unreadable) {
            // As of any class loader: what cannot be read is not there.
            return null;
        }
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        jars.all(name).forEach(resource -> found.add(resource.url()));
        found.addAll(Collections.list(super.findResources(name)));
        return Collections.enumeration(found);
    }

    /** Not through the resource's URL, which opens the jar in the JDK's way, and leaves it open. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            Optional<LeanJars.Found> found =
                    ClassOwner.ofResource(name) == ClassOwner.HOST ? Optional.empty() : jars.find(name);
            return found.isPresent() ? new ByteArrayInputStream(found.get().bytes()) : super.getResourceAsStream(name);
        } catch (IOException unreadable) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        jars.close();
        super.close();
    }

    /** The folder's before the agent's, each once, and only those of the side that owns them; the inherited order is the reverse. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        ClassOwner owner = ClassOwner.ofResource(name);
        List<URL> found = new ArrayList<>();
        if (owner != ClassOwner.HOST) {
            found.addAll(Collections.list(findResources(name)));
        }
        if (owner != ClassOwner.ISOLATED) {
            found.addAll(Collections.list(getParent().getResources(name)));
        }
        return Collections.enumeration(found);
    }
}
