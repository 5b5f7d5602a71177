// SPDX-License-Identifier: Apache-2.0
/** A broker that enforces logins and rights, what clients need to log in to it, and a search for secrets that leaked. */
@NullMarked
package io.flafka.testing.security;

import org.jspecify.annotations.NullMarked;
