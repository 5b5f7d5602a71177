// SPDX-License-Identifier: Apache-2.0
/** What every writer to Kafka needs: send, and know that it was acknowledged. */
@NullMarked
package io.flafka.produce;

import org.jspecify.annotations.NullMarked;
