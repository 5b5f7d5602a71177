// SPDX-License-Identifier: Apache-2.0
/** The command that checks an agent file before an agent runs it. */
@NullMarked
package io.flafka.check;

import org.jspecify.annotations.NullMarked;
