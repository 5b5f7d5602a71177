// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An agent file is read as Java, and so Flume, reads it; and each property knows its line. */
class AgentFileTest {

    private static final String TEXT = """
            # comment \\
            ! another
            a.b = 1
              a.c:two\\
                 words\\\\
            a.d three # no comment

            a.e=\\u0041\\n
            a.f
            a\\ g = 8
            a.h = last\\""";

    @Test
    void namesAndValuesAreThoseOfJava() throws IOException {
        Properties expected = new Properties();
        expected.load(new StringReader(TEXT));

        Map<String, String> read = AgentFile.of(TEXT).entries().stream()
                .collect(Collectors.toMap(AgentFile.Entry::name, AgentFile.Entry::value));

        assertThat(read).isEqualTo(expected);
    }

    @Test
    void eachPropertyHasTheNumberOfItsFirstLine() {
        assertThat(AgentFile.of(TEXT).entries().stream().map(entry -> entry.name() + " " + entry.line()))
                .isEqualTo(List.of("a.b 3", "a.c 4", "a.d 6", "a.e 8", "a.f 9", "a g 10", "a.h 11"));
    }

    @Test
    void aWrongEscapeIsALineThatCannotBeRead() {
        assertThat(AgentFile.of("a.b = 1\na.c = C:\\users\n").unreadable()).containsExactly(2);
    }
}
