// SPDX-License-Identifier: Apache-2.0
/** Puts: events on their way from a source into the topic. */
@NullMarked
package io.flafka.channel.put;

import org.jspecify.annotations.NullMarked;
