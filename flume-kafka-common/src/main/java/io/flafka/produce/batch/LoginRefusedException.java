// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Reports that records have no answer because the brokers refuse the login of the client that holds them. Kafka's client says so only in its log.
 */
public final class LoginRefusedException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    public LoginRefusedException() {
        super("the login or the TLS handshake has failed; Kafka's client has logged why");
    }
}
