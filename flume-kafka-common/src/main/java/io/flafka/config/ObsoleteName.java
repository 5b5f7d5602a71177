// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

/**
 * A name that was a property once and has no effect any more.
 *
 * @param name as it stands in agent files
 * @param explanation why, or what to write instead; it follows "has no effect: "
 */
public record ObsoleteName(String name, String explanation) {}
