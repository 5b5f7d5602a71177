// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One Kafka node, of any version for which a runtime exists. For one thread. */
public final class KafkaBroker extends ForkedServer {
    private final int port;

    KafkaBroker(String runtime, String name, Path directory, int port, Map<String, String> properties) {
        super(name, new ForkedJava(runtime, BrokerMain.class), directory, List.of(directory.toString()));
        this.port = port;
        try {
            BrokerMain.write(properties, directory.resolve("server.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns this broker's own address. */
    public String bootstrapServers() {
        return NodeProperties.bootstrap(port);
    }
}
