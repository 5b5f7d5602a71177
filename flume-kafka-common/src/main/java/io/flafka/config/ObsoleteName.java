// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

/**
 * A property name that existing agent files use and that has no effect here.
 *
 * @param name the name in agent files
 * @param explanation why, or what to write instead. It follows the words "has no effect: "
 */
public record ObsoleteName(String name, String explanation) {}
