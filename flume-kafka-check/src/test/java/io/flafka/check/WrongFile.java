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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An agent file with a mistake. A comment says which. The expected output is in the file beside it that ends with {@code .txt}.
 *
 * @param path the agent file
 */
record WrongFile(Path path) {

    private static final String COMMENT = "# ";
    private static final String LICENCE = "# SPDX";

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
        return text(path)
                .lines()
                .filter(line -> line.startsWith(COMMENT) && !line.startsWith(LICENCE))
                .findFirst()
                .orElseThrow()
                .substring(COMMENT.length());
    }

    /** Returns the file's properties, without its comments. */
    String properties() {
        return text(path).lines().filter(line -> !line.startsWith(COMMENT)).collect(Collectors.joining("\n", "", "\n"));
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
