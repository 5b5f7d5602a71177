// SPDX-License-Identifier: Apache-2.0
/** The properties that say which headers pass between events and records. */
@NullMarked
package io.flafka.headers;

import org.jspecify.annotations.NullMarked;
