// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
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

    IsolatedClassLoader(PluginFolder folder, ClassLoader host) {
        super("flume-kafka", folder.classPath(), host);
        this.folder = folder;
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
