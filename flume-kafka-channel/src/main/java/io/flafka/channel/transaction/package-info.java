// SPDX-License-Identifier: Apache-2.0
/** The transaction that Flume sees. It checks the order of calls, and becomes a put or a take with the first event. */
@NullMarked
package io.flafka.channel.transaction;

import org.jspecify.annotations.NullMarked;
