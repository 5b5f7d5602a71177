// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is committed beside an offset, in the text that Kafka keeps with it: of which topic it is, as a topic that was deleted and made anew has another
 * id, and which leader wrote the record before it.
 *
 * <p>The leader's epoch does not go into the field that Kafka has for it: a client that finds one there that is newer than the topic waits for that
 * leader for ever, as after the topic was made anew.
 *
 * @param topicId Kafka's, as text; empty if it is not known
 * @param epoch the leader's; negative if it is not known
 */
record CommitMetadata(String topicId, int epoch) {

    /** Nothing is known. */
    static final CommitMetadata NONE = new CommitMetadata("", -1);

    private static final Pattern TEXT = Pattern.compile("flafka/1 topic=(\\S+)(?: epoch=(\\d{1,9}))?(?: .*)?");

    /** Any text; one that other programs have written says nothing. */
    static CommitMetadata of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return NONE;
        }
        String epoch = matcher.group(2);
        return new CommitMetadata(matcher.group(1), epoch == null ? -1 : Integer.parseInt(epoch));
    }

    /** Whether the offset is of another topic than the one with that id, as far as both are known. */
    boolean isOfAnotherTopicThan(String id) {
        return !topicId.isEmpty() && !id.isEmpty() && !topicId.equals(id);
    }

    /** The leader's epoch, if the offset is certainly of the topic with that id. */
    OptionalInt epochIn(String id) {
        return epoch >= 0 && topicId.equals(id) ? OptionalInt.of(epoch) : OptionalInt.empty();
    }

    /** The text; empty if the topic is not known, without which an epoch is of no use. */
    String text() {
        if (topicId.isEmpty()) {
            return "";
        }
        return "flafka/1 topic=" + topicId + (epoch < 0 ? "" : " epoch=" + epoch);
    }
}
