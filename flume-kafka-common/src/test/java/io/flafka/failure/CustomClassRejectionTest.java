// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import org.junit.jupiter.api.Test;

/** The message about an operator's class that throws. */
class CustomClassRejectionTest {

    @Test
    void namesTheDeepestCauseIfTheExceptionDoesNot() {
        Exception silent = new IllegalStateException(null, new RuntimeException("x", new ConnectException("refused")));

        assertThat(CustomClassRejection.message("com.example.C", silent))
                .isEqualTo("com.example.C rejects the record: java.lang.IllegalStateException"
                        + " (cause: java.net.ConnectException: refused)");
    }

    @Test
    void namesItOnce() {
        Exception telling = new IllegalStateException(new ConnectException("refused"));

        assertThat(CustomClassRejection.message("com.example.C", telling))
                .isEqualTo("com.example.C rejects the record: java.lang.IllegalStateException:"
                        + " java.net.ConnectException: refused");
    }
}
