// SPDX-License-Identifier: Apache-2.0
/** Properties: declared once; read, checked, warned about, documented. */
@NullMarked
package io.flafka.config;

import org.jspecify.annotations.NullMarked;
