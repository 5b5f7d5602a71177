// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.consume.offsets.ReadRange;
import java.time.Duration;

/**
 * What the readers of a channel have in common.
 *
 * @param topic the topic that they read
 * @param range which part of it their group reads
 * @param commitInterval how often offsets are committed that no transaction waits for; more than zero
 * @param revocationGrace how long a revoked partition waits for the open take transactions that hold it
 */
public record ReadSettings(String topic, ReadRange range, Duration commitInterval, Duration revocationGrace) {}
