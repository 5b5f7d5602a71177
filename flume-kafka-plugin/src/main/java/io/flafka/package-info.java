// SPDX-License-Identifier: Apache-2.0
/** The classes that an agent file names. */
@NullMarked
package io.flafka;

import org.jspecify.annotations.NullMarked;
