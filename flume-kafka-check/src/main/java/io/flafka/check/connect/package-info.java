// SPDX-License-Identifier: Apache-2.0
/** Tries what the components of an agent need of Kafka, step by step: names, ports, TLS, logins, topics, rights, groups. Changes nothing there. */
@NullMarked
package io.flafka.check.connect;

import org.jspecify.annotations.NullMarked;
