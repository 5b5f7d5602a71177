// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.Optional;

/** Thrown if code that Flume runs between the source and its channels, for example an interceptor, fails on a batch. */
final class InterceptionFailedException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String CHAIN = "org.apache.flume.interceptor.InterceptorChain";

    private final String failedCode;

    InterceptionFailedException(Throwable cause) {
        super(cause);
        this.failedCode = findInterceptor(cause)
                .map("interceptor "::concat)
                .orElse("an interceptor, the channel selector or a channel");
    }

    /** Returns a description of the code that failed, as exact as the stack trace allows. */
    String failedCode() {
        return failedCode;
    }

    /** Finds the class that Flume's interceptor chain called. */
    private static Optional<String> findInterceptor(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        for (int i = 1; i < stack.length; i++) {
            if (stack[i].getClassName().equals(CHAIN)) {
                return Optional.of(stack[i - 1].getClassName());
            }
        }
        return Optional.empty();
    }
}
