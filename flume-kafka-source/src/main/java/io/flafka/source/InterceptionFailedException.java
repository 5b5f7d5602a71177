// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.Optional;

/** Code of the operator's that Flume runs between a source and its channels, such as an interceptor, has failed on a batch. */
final class InterceptionFailedException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String CHAIN = "org.apache.flume.interceptor.InterceptorChain";

    private final String place;

    InterceptionFailedException(Throwable cause) {
        super(cause);
        this.place = interceptor(cause)
                .map("interceptor "::concat)
                .orElse("an interceptor, the channel selector or a channel");
    }

    /** What has failed, as far as the stack trace tells. */
    String place() {
        return place;
    }

    /** The class that the chain of interceptors has called. */
    private static Optional<String> interceptor(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        for (int i = 1; i < stack.length; i++) {
            if (stack[i].getClassName().equals(CHAIN)) {
                return Optional.of(stack[i - 1].getClassName());
            }
        }
        return Optional.empty();
    }
}
