// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.channel.take.OffsetCommits;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which components deliver exactly once through a channel.
 *
 * @param commits who commits the offsets of taken events
 * @param sources the names of the sources whose offsets are committed with their events
 */
record ExactlyOnceUse(OffsetCommits commits, Set<String> sources) {

    /** No component does. */
    static final ExactlyOnceUse NONE = new ExactlyOnceUse(new OffsetCommits.ByReaders(), Set.of());

    ExactlyOnceUse withSink(String sink) {
        return new ExactlyOnceUse(new OffsetCommits.BySinks(sink), sources);
    }

    ExactlyOnceUse withSource(String source) {
        return new ExactlyOnceUse(
                commits, Stream.concat(sources.stream(), Stream.of(source)).collect(Collectors.toUnmodifiableSet()));
    }
}
