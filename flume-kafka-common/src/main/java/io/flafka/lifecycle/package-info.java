// SPDX-License-Identifier: Apache-2.0
/** Starting and stopping a component: its work threads, deferred interrupts, and the resources to close. Depends on no other package. */
@NullMarked
package io.flafka.lifecycle;

import org.jspecify.annotations.NullMarked;
