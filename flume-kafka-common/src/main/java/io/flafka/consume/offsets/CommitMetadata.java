// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * The metadata that Kafka stores with a committed offset. It names the topic by its id, because a topic that was deleted and recreated has another
 * id. It also has the epoch of the leader that wrote the record before that offset.
 *
 * <p>The epoch is not in Kafka's own field for it. A consumer that finds there an epoch newer than the topic's, for example after the topic was
 * recreated, waits for that leader forever.
 *
 * @param topicId the topic's id as text; empty if unknown
 * @param epoch the leader's epoch; negative if unknown
 */
record CommitMetadata(String topicId, int epoch) {

    static final CommitMetadata UNKNOWN = new CommitMetadata("", -1);

    private static final Pattern TEXT = Pattern.compile("flafka/1 topic=(\\S+)(?: epoch=(\\d{1,9}))?(?: .*)?");

    /** Returns the offset with the metadata of a topic with that id. */
    static OffsetAndMetadata addTo(OffsetAndMetadata next, String topicId) {
        CommitMetadata metadata = new CommitMetadata(topicId, next.leaderEpoch().orElse(-1));
        return new OffsetAndMetadata(next.offset(), metadata.toText());
    }

    /** Parses any text. A text that another program wrote gives {@link #UNKNOWN}. */
    static CommitMetadata parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return UNKNOWN;
        }
        String epoch = matcher.group(2);
        return new CommitMetadata(matcher.group(1), epoch == null ? -1 : Integer.parseInt(epoch));
    }

    /** Returns whether the offset belongs to another topic than the one with that id; false if one of the two is unknown. */
    boolean isOfAnotherTopicThan(String id) {
        return !topicId.isEmpty() && !id.isEmpty() && !topicId.equals(id);
    }

    /** Returns the leader's epoch if it is known and the offset certainly belongs to the topic with that id. */
    OptionalInt epochIn(String id) {
        return epoch >= 0 && topicId.equals(id) ? OptionalInt.of(epoch) : OptionalInt.empty();
    }

    /** Returns the text to commit. It is empty if the topic id is unknown: without it an epoch has no meaning. */
    String toText() {
        if (topicId.isEmpty()) {
            return "";
        }
        return "flafka/1 topic=" + topicId + (epoch < 0 ? "" : " epoch=" + epoch);
    }
}
