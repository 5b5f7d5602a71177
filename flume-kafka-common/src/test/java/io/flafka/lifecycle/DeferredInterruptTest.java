// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt is neither lost nor seen while it is deferred. */
class DeferredInterruptTest {

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    void restoresAFlagThatItCleared() {
        Thread.currentThread().interrupt();

        try (DeferredInterrupt interrupt = new DeferredInterrupt()) {
            interrupt.clearFlag();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(interrupt.isPending()).isTrue();
        }

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void setsTheFlagAfterAnInterruptThatAnExceptionReported() {
        try (DeferredInterrupt interrupt = new DeferredInterrupt()) {
            interrupt.onInterrupt();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void doesNotInventAnInterrupt() {
        try (DeferredInterrupt interrupt = new DeferredInterrupt()) {
            interrupt.clearFlag();
            assertThat(interrupt.isPending()).isFalse();
        }

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
