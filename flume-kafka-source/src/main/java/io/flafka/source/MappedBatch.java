// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.BadRecord;
import java.util.List;
import java.util.Optional;
import org.apache.flume.Event;

/**
 * Records that have become events, up to the first that cannot.
 *
 * @param events may be empty
 * @param bad the record behind them that is no event, or none: all have become events
 */
record MappedBatch(List<Event> events, Optional<BadRecord> bad) {}
