// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.config.MigrationReference;
import io.flafka.config.PropertyReference;
import io.flafka.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

/** Tests that the generated parts of docs/ match the declared properties of the source. */
class SourceReferenceTest {

    @Test
    void theReferenceMatchesTheDeclarations() {
        GeneratedPage.named("configuration.md").assertIs(new PropertyReference(SourceProperties.SET)::updated);
    }

    @Test
    void theMigrationTablesMatchTheDeclarations() {
        GeneratedPage.named("migrating.md").assertIs(new MigrationReference(SourceProperties.SET)::updated);
    }
}
