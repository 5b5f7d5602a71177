// SPDX-License-Identifier: Apache-2.0
/** Our Kafka sink under the type name of Flume's own Kafka sink, for existing agent files. */
@NullMarked
package org.apache.flume.sink.kafka;

import org.jspecify.annotations.NullMarked;
