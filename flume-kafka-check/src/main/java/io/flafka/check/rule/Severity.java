// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
    /** The component, or the agent, does not work. */
    ERROR,
    /** It works, but probably not as intended. */
    WARNING,
    /** It works. */
    NOTE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
