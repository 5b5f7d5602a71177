// SPDX-License-Identifier: Apache-2.0
/** Our Kafka channel under the type name of Flume's own Kafka channel, for existing agent files. */
@NullMarked
package org.apache.flume.channel.kafka;

import org.jspecify.annotations.NullMarked;
