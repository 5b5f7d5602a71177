// SPDX-License-Identifier: Apache-2.0
/** Sends the records of a batch and waits for their acknowledgements. */
@NullMarked
package io.flafka.produce.send;

import org.jspecify.annotations.NullMarked;
