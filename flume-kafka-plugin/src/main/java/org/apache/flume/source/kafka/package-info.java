// SPDX-License-Identifier: Apache-2.0
/** The type name of Flume's own Kafka source, kept for agent files that exist. */
@NullMarked
package org.apache.flume.source.kafka;

import org.jspecify.annotations.NullMarked;
