// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An agent file with a mistake. Its second line says which. The expected output is in the file beside it that ends with {@code .txt}.
 *
 * @param path the agent file
 */
record WrongFile(Path path) {

    /** Returns all of them, in the order of their names. */
    static List<WrongFile> all() {
        try (Stream<Path> files = Files.list(folder("wrong"))) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .sorted()
                    .map(WrongFile::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the folder of this name in the test's resources. In the source tree, so that a test can write the expected outputs. */
    static Path folder(String name) {
        URL conf = Objects.requireNonNull(WrongFile.class.getResource("/conf/flume-env.sh"));
        try {
            Path module = Path.of(conf.toURI()).resolve("../../../..").normalize();
            return module.resolve("src/test/resources").resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what is wrong, as the file's comment says it. */
    String title() {
        return text(path).lines().skip(1).findFirst().orElseThrow().substring("# ".length());
    }

    /** Returns the file's properties, without its comments at the beginning. */
    String properties() {
        return String.join("\n", text(path).lines().skip(2).toList()) + "\n";
    }

    Path expectedOutput() {
        return Path.of(path.toString().replaceFirst("properties$", "txt"));
    }

    static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.valueOf(path.getFileName());
    }
}
