// SPDX-License-Identifier: Apache-2.0
package io.flafka.docs;

import io.flafka.channel.ChannelProperties;
import io.flafka.config.PropertySet;
import io.flafka.sink.SinkProperties;
import io.flafka.source.SourceProperties;
import io.flafka.testing.GeneratedPage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables in docs/ say the same as the declared properties. With {@code -Dflafka.docs.write=true} the tests write them instead. */
class PropertyPagesTest {

    static Stream<Named<PropertySet>> components() {
        return Stream.of(SourceProperties.SET, SinkProperties.SET, ChannelProperties.SET)
                .map(set -> Named.of(set.kind(), set));
    }

    @ParameterizedTest
    @MethodSource("components")
    void configurationPageIsUpToDate(PropertySet component) {
        GeneratedPage.named("configuration.md").assertIs(new PropertyTables(component)::updateIn);
    }

    @ParameterizedTest
    @MethodSource("components")
    void migrationPageIsUpToDate(PropertySet component) {
        GeneratedPage.named("migrating.md").assertIs(new MigrationTables(component)::updateIn);
    }
}
