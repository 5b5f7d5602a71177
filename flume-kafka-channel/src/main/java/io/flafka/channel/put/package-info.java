// SPDX-License-Identifier: Apache-2.0
/** Put transactions: they write the events of a source to the topic. */
@NullMarked
package io.flafka.channel.put;

import org.jspecify.annotations.NullMarked;
