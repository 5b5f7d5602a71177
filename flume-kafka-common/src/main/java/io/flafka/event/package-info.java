// SPDX-License-Identifier: Apache-2.0
/** Between a Flume event and a Kafka record: codecs and header rules. */
@NullMarked
package io.flafka.event;

import org.jspecify.annotations.NullMarked;
