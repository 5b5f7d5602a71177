// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.transaction;

import org.apache.flume.ChannelException;

/**
 * Reports to a source or sink that the channel could not put, take or commit. No event is lost. The message names the cause.
 *
 * <p>Has no stack trace: sources and sinks log the exception at every attempt, and the trace would always be the same.
 */
public final class ChannelFailedException extends ChannelException {

    private static final long serialVersionUID = 1L;

    public ChannelFailedException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
