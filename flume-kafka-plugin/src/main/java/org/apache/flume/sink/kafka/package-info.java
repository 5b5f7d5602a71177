// SPDX-License-Identifier: Apache-2.0
/** The type name of Flume's own Kafka sink, kept for agent files that exist. */
@NullMarked
package org.apache.flume.sink.kafka;

import org.jspecify.annotations.NullMarked;
