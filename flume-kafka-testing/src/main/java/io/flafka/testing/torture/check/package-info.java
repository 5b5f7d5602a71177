// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the history of a torture run and says which promises were broken. {@code Checker} is the entry; {@code
 * HistoryFile} documents the file's format. The package knows neither Kafka nor Flume, so it can be tested with
 * simulated histories.
 */
@NullMarked
package io.flafka.testing.torture.check;

import org.jspecify.annotations.NullMarked;
