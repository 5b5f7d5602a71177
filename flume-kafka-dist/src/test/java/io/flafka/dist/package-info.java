// SPDX-License-Identifier: Apache-2.0
/** Tests of the distribution in real agents. */
@NullMarked
package io.flafka.dist;

import org.jspecify.annotations.NullMarked;
