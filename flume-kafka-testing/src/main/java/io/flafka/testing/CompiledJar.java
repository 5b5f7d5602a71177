// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar that a test compiles from source text, on the test's own class path. For one thread. */
public final class CompiledJar {

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();
    private String classPath = System.getProperty("java.class.path");

    /** Adds a class. */
    public CompiledJar addSource(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /** Adds the jars of a folder to the class path of the compiler. */
    public CompiledJar addClassPath(Path jars) {
        // The compiler does not know the launcher's wildcard.
        try (Stream<Path> files = Files.list(jars)) {
            classPath = Stream.concat(
                            Stream.of(classPath), files.map(Path::toString).sorted())
                    .collect(Collectors.joining(File.pathSeparator));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a class whose {@code toString} returns the given word. */
    public CompiledJar addClassWithToString(String className, String word) {
        int lastDot = className.lastIndexOf('.');
        return addSource(
                className,
                "package %s; public class %s { @Override public String toString() { return \"%s\"; } }"
                        .formatted(className.substring(0, lastDot), className.substring(lastDot + 1), word));
    }

    /** Adds a resource file. */
    public CompiledJar addResource(String path, String text) {
        resources.put(path, text);
        return this;
    }

    /** Compiles the sources and writes the jar. Creates the jar's folder if needed. */
    public Path writeTo(Path jar) throws IOException {
        Path folder = jar.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (TestDirectory classes = TestDirectory.create("classes");
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            compileInto(classes.path());
            try (Stream<Path> files = Files.walk(classes.path())) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    entries.putNextEntry(
                            new JarEntry(classes.path().relativize(file).toString()));
                    Files.copy(file, entries);
                }
            }
            for (Map.Entry<String, String> resource : resources.entrySet()) {
                entries.putNextEntry(new JarEntry(resource.getKey()));
                entries.write(resource.getValue().getBytes(UTF_8));
            }
            return jar;
        }
    }

    private void compileInto(Path classes) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        List<String> options = List.of("-d", classes.toString(), "-proc:none", "-cp", classPath);
        List<SourceText> units = sources.entrySet().stream()
                .map(source -> new SourceText(source.getKey(), source.getValue()))
                .toList();
        try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
            if (!compiler.getTask(problems, files, null, options, null, units).call()) {
                throw new IllegalStateException(problems.toString());
            }
        }
    }

    private static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        SourceText(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
