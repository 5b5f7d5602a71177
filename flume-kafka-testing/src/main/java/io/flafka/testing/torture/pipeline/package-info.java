// SPDX-License-Identifier: Apache-2.0
/** The pipelines that can be tortured, and what each of them promises. */
@NullMarked
package io.flafka.testing.torture.pipeline;

import org.jspecify.annotations.NullMarked;
