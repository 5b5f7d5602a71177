// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A real jar made from source text while the test runs. */
final class CompiledJar {

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();

    CompiledJar source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /** A class with one method, {@code toString}, that returns the given word. */
    CompiledJar classThatSays(String className, String word) {
        int lastDot = className.lastIndexOf('.');
        return source(
                className,
                "package %s; public class %s { @Override public String toString() { return \"%s\"; } }"
                        .formatted(className.substring(0, lastDot), className.substring(lastDot + 1), word));
    }

    CompiledJar resource(String path, String text) {
        resources.put(path, text);
        return this;
    }

    /** Writes the jar, and its folder where there is none. */
    Path writeTo(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        Path classes = Files.createTempDirectory(jar.getParent(), "classes");
        compileInto(classes);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
            }
            for (Map.Entry<String, String> resource : resources.entrySet()) {
                entries.putNextEntry(new JarEntry(resource.getKey()));
                entries.write(resource.getValue().getBytes(UTF_8));
            }
        }
        return jar;
    }

    private void compileInto(Path classes) throws IOException {
        Path texts = Files.createTempDirectory(classes.getParent(), "sources");
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = texts.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
        }
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        List<String> options =
                List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        try (var files = compiler.getStandardFileManager(null, null, UTF_8);
                Stream<Path> all = Files.walk(texts)) {
            var units = files.getJavaFileObjectsFromPaths(
                    all.filter(Files::isRegularFile).toList());
            if (!compiler.getTask(problems, files, null, options, null, units).call()) {
                throw new IllegalStateException(problems.toString());
            }
        }
    }
}
