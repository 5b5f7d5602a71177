// SPDX-License-Identifier: Apache-2.0
/** What hands events to a pipeline and remembers what was acknowledged. */
@NullMarked
package io.flafka.testing.torture.load;

import org.jspecify.annotations.NullMarked;
