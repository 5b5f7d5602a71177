// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.config.MigrationReference;
import io.flafka.config.PropertyReference;
import io.flafka.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

/** Tests that the generated parts of docs/ match the declared properties of the channel. */
class ChannelReferenceTest {

    @Test
    void theReferenceMatchesTheDeclarations() {
        GeneratedPage.named("configuration.md").assertIs(new PropertyReference(ChannelProperties.SET)::updated);
    }

    @Test
    void theMigrationTablesMatchTheDeclarations() {
        GeneratedPage.named("migrating.md").assertIs(new MigrationReference(ChannelProperties.SET)::updated);
    }
}
