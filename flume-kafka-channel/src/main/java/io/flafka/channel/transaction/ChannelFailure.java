// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.transaction;

import org.apache.flume.ChannelException;

/**
 * The channel could not do what a source or sink asked of it; nothing is lost by that. The message says all there is to say.
 *
 * <p>Without a stack trace: sources and sinks log it at every attempt, and it would always be the same.
 */
public final class ChannelFailure extends ChannelException {

    private static final long serialVersionUID = 1L;

    public ChannelFailure(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
