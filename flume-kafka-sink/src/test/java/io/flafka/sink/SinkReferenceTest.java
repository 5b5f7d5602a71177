// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.config.MigrationReference;
import io.flafka.config.PropertyReference;
import io.flafka.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

/** The generated sections in docs/ match the declarations of the sink's properties. */
class SinkReferenceTest {

    @Test
    void referenceIsUpToDate() {
        GeneratedPage.named("configuration.md").assertIs(new PropertyReference(SinkProperties.SET)::updated);
    }

    @Test
    void migrationTablesAreUpToDate() {
        GeneratedPage.named("migrating.md").assertIs(new MigrationReference(SinkProperties.SET)::updated);
    }
}
