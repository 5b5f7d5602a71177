// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets each wait of a test take up to a minute, where the test names no limit of its own. Awaitility's limit is 10 s,
 * which a slow or busy machine can need for correct work: a test would then judge the machine. JUnit finds this
 * extension by itself ({@code junit-platform.properties}), so it holds for each test that has this module on its class
 * path.
 */
public final class WaitLimit implements BeforeAllCallback {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LIMIT);
    }
}
