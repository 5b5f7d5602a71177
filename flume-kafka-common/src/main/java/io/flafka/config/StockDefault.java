// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

/**
 * What Flume's own component does where a property is not given, if that is something else than here.
 *
 * @param value the value that brings it back
 * @param reason why it is something else here
 */
public record StockDefault(String value, String reason) {}
