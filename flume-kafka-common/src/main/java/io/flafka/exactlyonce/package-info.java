// SPDX-License-Identifier: Apache-2.0
/** What a source, a sink and a Kafka channel agree on, so that offsets are committed in the Kafka transaction that writes the events. */
@NullMarked
package io.flafka.exactlyonce;

import org.jspecify.annotations.NullMarked;
