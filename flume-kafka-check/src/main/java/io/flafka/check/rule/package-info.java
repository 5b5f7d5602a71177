// SPDX-License-Identifier: Apache-2.0
/** The rules that an agent is checked against, and what they find. */
@NullMarked
package io.flafka.check.rule;

import org.jspecify.annotations.NullMarked;
