// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.PropertyReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The section of the source in docs/configuration.md is what the declarations say. */
class SourceReferenceTest {

    private static final String COMMAND =
            "mvn test -pl flume-kafka-source -am -Dtest=SourceReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dflafka.docs.write=true";

    @Test
    void isUpToDate() throws IOException {
        Path page = page();
        String committed = Files.readString(page);
        String generated = new PropertyReference(SourceProperties.SET).updated(committed);

        if (Boolean.getBoolean("flafka.docs.write")) {
            Files.writeString(page, generated);
        } else {
            assertThat(committed)
                    .as("%s; bring it up to date with: %s", page, COMMAND)
                    .isEqualTo(generated);
        }
    }

    /** The build runs in the module's directory, an IDE perhaps in that of the project. */
    private static Path page() {
        return Stream.iterate(Path.of("").toAbsolutePath(), directory -> directory != null, Path::getParent)
                .map(directory -> directory.resolve("docs").resolve("configuration.md"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/configuration.md is in no directory above this one"));
    }
}
