// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * An agent file of which a test fills in what stands between two {@code @}.
 *
 * @param text the file, as far as it is filled in
 */
record AgentTemplate(String text) {

    /** One of this module's resources. */
    static AgentTemplate named(String resource) {
        try (InputStream in = AgentTemplate.class.getResourceAsStream("/" + resource)) {
            return new AgentTemplate(
                    new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a value in place of each {@code @name@}. */
    AgentTemplate with(String name, Object value) {
        return new AgentTemplate(text.replace("@" + name + "@", value.toString()));
    }
}
