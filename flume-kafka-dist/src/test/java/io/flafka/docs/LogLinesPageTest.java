// SPDX-License-Identifier: Apache-2.0
package io.flafka.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.GeneratedPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/operations.md explains every WARN and ERROR line of the components, and every text with which they fail. The first cell of a row has the fixed
 * words of one line or of several, with {@code …} for what varies.
 */
class LogLinesPageTest {

    private static final GeneratedPage PAGE = GeneratedPage.named("operations.md");
    private static final String VARIES = "…";
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern TEXT = Pattern.compile(LITERAL + "(?:\\s*\\+\\s*" + LITERAL + ")*+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{}|%[sd]");
    private static final Pattern WORDS_OF_ROW = Pattern.compile("`([^`]+)`");
    private static final Pattern OF_COMPONENT = Pattern.compile("Kafka(?:Source|Sink|Channel) (?:%s|\\{}).*");

    /** A line whose fixed words are all shorter has another text in it, which has a row. */
    private static final int SHORTEST_WORDS = 15;

    /** A text in the code, and what is before it. */
    private record CodeText(String before, String text) {

        boolean isLine() {
            return isPassedTo("warn|error") || (OF_COMPONENT.matcher(text).matches() && !isPassedTo("info|debug"));
        }

        private boolean isPassedTo(String levels) {
            return Pattern.compile("LOG\\.(?:" + levels + ")\\(\\s*$")
                    .matcher(before)
                    .find();
        }

        boolean isLongEnough() {
            return Stream.of(words().split(VARIES, -1)).anyMatch(part -> part.length() >= SHORTEST_WORDS);
        }

        String words() {
            return PLACEHOLDER.matcher(text).replaceAll(VARIES);
        }
    }

    @Test
    void explainsEveryLine() {
        List<Pattern> rows = rows();

        assertThat(codeTexts().filter(CodeText::isLine).filter(CodeText::isLongEnough))
                .hasSizeGreaterThan(60)
                .allSatisfy(line -> assertThat(rows)
                        .anyMatch(row -> row.matcher(line.words()).find()));
    }

    @Test
    void explainsNoLineThatDoesNotExist() {
        List<String> texts = codeTexts().map(CodeText::words).toList();

        assertThat(rows())
                .allSatisfy(row ->
                        assertThat(texts).anyMatch(text -> row.matcher(text).find()));
    }

    private static List<Pattern> rows() {
        return read(PAGE.path())
                .lines()
                .filter(line -> line.startsWith("| "))
                .flatMap(
                        line -> WORDS_OF_ROW.matcher(line.split(" \\| ", -1)[0]).results())
                .map(words -> Stream.of(words.group(1).split(VARIES, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .map(Pattern::compile)
                .toList();
    }

    private static Stream<CodeText> codeTexts() {
        Path project = PAGE.path().resolve("../..").normalize();
        return Stream.of("common", "source", "sink", "channel")
                .map(module -> project.resolve("flume-kafka-" + module).resolve("src/main/java"))
                .flatMap(LogLinesPageTest::javaFiles)
                .map(LogLinesPageTest::read)
                .flatMap(source -> TEXT.matcher(source)
                        .results()
                        .map(match -> new CodeText(source.substring(0, match.start()), joined(match.group()))));
    }

    private static Stream<Path> javaFiles(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String joined(String literals) {
        return LITERAL.matcher(literals)
                .results()
                .map(MatchResult::group)
                .map(literal -> literal.substring(1, literal.length() - 1))
                .collect(Collectors.joining());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
