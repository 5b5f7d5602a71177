// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

/**
 * The default of a property in Flume's own component, where it differs from the default here.
 *
 * @param value the value that restores the behaviour of Flume's own component
 * @param reason why the default differs here
 */
public record StockDefault(String value, String reason) {}
