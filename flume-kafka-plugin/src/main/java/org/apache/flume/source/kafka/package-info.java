// SPDX-License-Identifier: Apache-2.0
/** Our Kafka source under the type name of Flume's own Kafka source, for existing agent files. */
@NullMarked
package org.apache.flume.source.kafka;

import org.jspecify.annotations.NullMarked;
