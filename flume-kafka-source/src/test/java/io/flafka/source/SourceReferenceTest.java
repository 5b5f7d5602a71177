// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.config.MigrationReference;
import io.flafka.config.PropertyReference;
import io.flafka.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

/** What the pages in docs/ say of the properties of a source is what the declarations say. */
class SourceReferenceTest {

    @Test
    void theReferenceIsUpToDate() {
        GeneratedPage.named("configuration.md").assertIs(new PropertyReference(SourceProperties.SET)::updated);
    }

    @Test
    void theTablesForAgentFilesOfEarlierDaysAreUpToDate() {
        GeneratedPage.named("migrating.md").assertIs(new MigrationReference(SourceProperties.SET)::updated);
    }
}
