// SPDX-License-Identifier: Apache-2.0
/** What a component shows of itself in JMX, and so in Flume's JSON: attributes that are declared once, with their meaning. */
@NullMarked
package io.flafka.metrics;

import org.jspecify.annotations.NullMarked;
