// SPDX-License-Identifier: Apache-2.0
/** Tests of what an operator gets. */
@NullMarked
package io.flafka.dist;

import org.jspecify.annotations.NullMarked;
