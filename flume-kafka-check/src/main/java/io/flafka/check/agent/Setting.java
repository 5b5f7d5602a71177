// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.agent;

/**
 * A property of a component, or of the agent itself.
 *
 * @param line the number of its line in the agent file
 * @param value its value, with the variables of this process's environment
 */
public record Setting(int line, String value) {

    /** Returns whether the value has a part that is only known when the agent runs. */
    public boolean isKnownLater() {
        return Variables.remainIn(value);
    }
}
