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
 * Loads the components' implementations, and Kafka, from the plugin's own folder. So they never use Flume's older Kafka jars.
 *
 * <p>{@link ClassOwner} decides where each class and resource comes from. The loader is parallel capable, because threads of several components load
 * classes at the same time. There is one per JVM, open until the JVM ends, so that the components know each other's implementation classes.
 */
final class IsolatedClassLoader extends URLClassLoader {

    private static final Logger LOG = LoggerFactory.getLogger(IsolatedClassLoader.class);

    private static @Nullable IsolatedClassLoader ofThisJvm;

    static {
        registerAsParallelCapable();
    }

    private final PluginFolder folder;
    /** Most of the product's own jars. The superclass searches the other jars: it uses more heap per open jar. */
    private final LeanJars leanJars;

    IsolatedClassLoader(PluginFolder folder, ClassLoader host) {
        this(folder, LeanJars.open(folder.kafkaJars()), host);
    }

    private IsolatedClassLoader(PluginFolder folder, LeanJars leanJars, ClassLoader host) {
        super("flume-kafka", folder.classPathAfter(leanJars.count()), host);
        this.folder = folder;
        this.leanJars = leanJars;
    }

    /**
     * Returns the loader of this JVM. The first call creates it.
     *
     * @throws FlumeException if the plugin's folder does not have the layout of the zip
     */
    static synchronized IsolatedClassLoader ofThisJvm() {
        IsolatedClassLoader loader = ofThisJvm;
        if (loader == null) {
            ClassLoader host = IsolatedClassLoader.class.getClassLoader();
            loader = new IsolatedClassLoader(PluginFolder.ofThisPlugin(), host);
            LOG.info("Kafka components are isolated from Flume's jars; their classes come from {}", loader.folder);
            StockClasses.warning(host, loader.folder.path()).ifPresent(LOG::warn);
            ofThisJvm = loader;
        }
        return loader;
    }

    /**
     * Creates a component. While its constructor runs, this loader is the context class loader.
     *
     * @throws FlumeException if the class is missing or cannot be loaded, because the folder was changed after it was unzipped
     */
    @SuppressWarnings("try") // The resource is only opened and closed: see ContextClassLoaderSwap.
    <T> T newComponent(String className, Class<T> type) {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(this)) {
            return type.cast(loadClass(className).getConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new FlumeException("Cannot create " + className + " from " + folder + ": unzip the plugin again", e);
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
                    case EITHER -> fromFolderOrHost(name);
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
            Optional<LeanJars.Resource> found = leanJars.find(name.replace('.', '/') + ".class");
            if (found.isEmpty()) {
                return super.findClass(name);
            }
            byte[] bytes = found.get().bytes();
            return defineClass(name, bytes, 0, bytes.length, found.get().codeSource());
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private Class<?> fromFolderOrHost(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notInTheFolder) {
            return getParent().loadClass(name);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        ClassOwner owner = ClassOwner.ofResource(name);
        URL inFolder = owner == ClassOwner.HOST ? null : findResource(name);
        return inFolder == null && owner != ClassOwner.ISOLATED ? getParent().getResource(name) : inFolder;
    }

    @Override
    public @Nullable URL findResource(String name) {
        try {
            return leanJars.find(name).map(LeanJars.Resource::url).orElseGet(() -> super.findResource(name));
        } catch (IOException unreadable) {
            // The contract of ClassLoader: a resource that cannot be read is not found.
            return null;
        }
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        leanJars.findAll(name).forEach(resource -> found.add(resource.url()));
        found.addAll(Collections.list(super.findResources(name)));
        return Collections.enumeration(found);
    }

    /** Reads the bytes itself: a stream of the resource's URL would make the JDK open the jar, and leave it open. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            Optional<LeanJars.Resource> found =
                    ClassOwner.ofResource(name) == ClassOwner.HOST ? Optional.empty() : leanJars.find(name);
            return found.isPresent() ? new ByteArrayInputStream(found.get().bytes()) : super.getResourceAsStream(name);
        } catch (IOException unreadable) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        leanJars.close();
        super.close();
    }

    /** Returns only resources of the side that owns them, each once, those of the folder first. The superclass returns the agent's first. */
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
