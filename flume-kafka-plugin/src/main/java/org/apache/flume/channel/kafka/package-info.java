// SPDX-License-Identifier: Apache-2.0
/** The type name of Flume's own Kafka channel, kept for agent files that exist. */
@NullMarked
package org.apache.flume.channel.kafka;

import org.jspecify.annotations.NullMarked;
