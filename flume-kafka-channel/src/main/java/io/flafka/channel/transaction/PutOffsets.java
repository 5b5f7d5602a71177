// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.transaction;

import io.flafka.exactlyonce.OffsetsToCommit;

/**
 * Offsets of a Kafka source that a put transaction commits together with its events.
 *
 * @param source the source's name
 * @param offsets the offsets
 */
public record PutOffsets(String source, OffsetsToCommit offsets) {}
