// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.config.MigrationReference;
import io.flafka.config.PropertyReference;
import io.flafka.testing.GeneratedPage;
import org.junit.jupiter.api.Test;

/** What the pages in docs/ say of the properties of a channel is what the declarations say. */
class ChannelReferenceTest {

    @Test
    void theReferenceIsUpToDate() {
        GeneratedPage.named("configuration.md").assertIs(new PropertyReference(ChannelProperties.SET)::updated);
    }

    @Test
    void theTablesForAgentFilesOfEarlierDaysAreUpToDate() {
        GeneratedPage.named("migrating.md").assertIs(new MigrationReference(ChannelProperties.SET)::updated);
    }
}
