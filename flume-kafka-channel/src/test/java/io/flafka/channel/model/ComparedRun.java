// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import java.util.List;
import java.util.Optional;

/**
 * A sequence of operations on real code and on a plain description of what it must do.
 *
 * @param <O> the type of the operations
 */
interface ComparedRun<O> {

    /** Returns the operations that are possible now, always in the same order. */
    List<O> possible();

    /** Does a possible operation. Returns how the real code differs from the description. */
    Optional<String> apply(O operation);

    /** Returns a text that is equal for equal states of the description. */
    String key();
}
