// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The context class loader during and after a swap. */
@SuppressWarnings("try") // The resource is only opened and closed.
class ContextClassLoaderSwapTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final ClassLoader other = new ClassLoader(null) {};

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void setsLoaderUntilClosed() {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(other)) {
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(other);
        }

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void restoresLoaderIfCallFails() {
        assertThatThrownBy(() -> {
                    try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(other)) {
                        throw new IllegalStateException("failed");
                    }
                })
                .hasMessage("failed");

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void restoresNullLoader() {
        Thread.currentThread().setContextClassLoader(null);

        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(other)) {
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(other);
        }

        assertThat(Thread.currentThread().getContextClassLoader()).isNull();
    }
}
