// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A page below {@code docs/} that is generated from the code, at least in part. A test fails if they differ. With
 * {@code -Dflafka.docs.write=true} the test writes the page instead.
 *
 * @param path the page's file
 */
public record GeneratedPage(Path path) {
    private static final String WRITE = "flafka.docs.write";

    /**
     * Finds a page above the working directory: a build runs in the module's directory, an IDE may run in the
     * project's.
     */
    public static GeneratedPage named(String name) {
        return Stream.iterate(Path.of("").toAbsolutePath(), directory -> directory != null, Path::getParent)
                .map(directory -> directory.resolve("docs").resolve(name))
                .filter(Files::exists)
                .findFirst()
                .map(GeneratedPage::new)
                .orElseThrow(() -> new AssertionError("docs/" + name + " is in no directory above this one"));
    }

    /**
     * Compares the page with its generated text, or writes it.
     *
     * @param update computes the page as it should be from its current text
     * @throws AssertionError showing the first line that differs
     */
    public void assertIs(UnaryOperator<String> update) {
        try {
            String committed = Files.readString(path);
            String generated = update.apply(committed);
            if (isWritten()) {
                Files.writeString(path, generated);
            } else if (!generated.equals(committed)) {
                throw new AssertionError(
                        difference(committed.lines().toList(), generated.lines().toList()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + path, e);
        }
    }

    /** Returns whether tests write the pages instead of comparing them. */
    public static boolean isWritten() {
        return Boolean.getBoolean(WRITE);
    }

    private String difference(List<String> committed, List<String> generated) {
        int line = 0;
        while (line < committed.size()
                && line < generated.size()
                && committed.get(line).equals(generated.get(line))) {
            line++;
        }
        return "%s differs from the code in line %d; run this test with -D%s=true. It has:%n%s%nand should have:%n%s"
                .formatted(path, line + 1, WRITE, at(committed, line), at(generated, line));
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "no such line";
    }
}
