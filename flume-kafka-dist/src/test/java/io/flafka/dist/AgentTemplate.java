// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * An agent file with placeholders of the form {@code @name@}, which a test fills in.
 *
 * @param text the file with the values filled in so far
 */
record AgentTemplate(String text) {

    /** Reads a template from this module's resources. */
    static AgentTemplate named(String resource) {
        try (InputStream in = AgentTemplate.class.getResourceAsStream("/" + resource)) {
            return new AgentTemplate(
                    new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces every {@code @name@} with a value. */
    AgentTemplate with(String name, Object value) {
        return new AgentTemplate(text.replace("@" + name + "@", value.toString()));
    }
}
