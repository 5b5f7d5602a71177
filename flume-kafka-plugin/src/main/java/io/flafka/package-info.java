// SPDX-License-Identifier: Apache-2.0
/**
 * The components that an agent file names, and the class loader that isolates their implementations. The classes of this package depend only on the
 * JDK, on Flume's API and on slf4j.
 */
@NullMarked
package io.flafka;

import org.jspecify.annotations.NullMarked;
