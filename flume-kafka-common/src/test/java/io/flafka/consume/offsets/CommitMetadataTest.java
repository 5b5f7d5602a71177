// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text beside a committed offset. */
class CommitMetadataTest {

    @Test
    void tellsTheTopicAndTheLeader() {
        CommitMetadata note = new CommitMetadata("abc_-9", 7);

        assertThat(note.text()).isEqualTo("flafka/1 topic=abc_-9 epoch=7");
        assertThat(CommitMetadata.of(note.text())).isEqualTo(note);
    }

    @Test
    void tellsTheTopicAlone() {
        CommitMetadata note = new CommitMetadata("abc", -1);

        assertThat(note.text()).isEqualTo("flafka/1 topic=abc");
        assertThat(CommitMetadata.of(note.text())).isEqualTo(note);
        assertThat(new CommitMetadata("abc", 0).text()).isEqualTo("flafka/1 topic=abc epoch=0");
    }

    @Test
    void saysNothingWithoutTheTopic() {
        assertThat(new CommitMetadata("", 7).text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4f9a2c1e-8d5b-4e0f-9b3c-2f5d7a1e6c80",
                "flafka/2 topic=abc",
                "flafka/1 topic=",
                "flafka/1 topic=abc epoch=99999999999",
                "flafka/1 topic=abc\nepoch=1"
            })
    void toleratesWhatOthersHaveWritten(String text) {
        assertThat(CommitMetadata.of(text)).isIn(CommitMetadata.NONE, new CommitMetadata("abc", -1));
    }

    @Test
    void readsWhatALaterVersionMayAdd() {
        assertThat(CommitMetadata.of("flafka/1 topic=abc epoch=3 more=x")).isEqualTo(new CommitMetadata("abc", 3));
    }

    @Test
    void isOfAnotherTopicOnlyIfBothAreKnownAndDiffer() {
        CommitMetadata note = new CommitMetadata("abc", 3);

        assertThat(note.isOfAnotherTopicThan("abd")).isTrue();
        assertThat(note.isOfAnotherTopicThan("abc")).isFalse();
        assertThat(note.isOfAnotherTopicThan("")).isFalse();
        assertThat(CommitMetadata.NONE.isOfAnotherTopicThan("abc")).isFalse();
    }

    @Test
    void theLeaderCountsOnlyInTheSameTopic() {
        assertThat(new CommitMetadata("abc", 0).epochIn("abc")).isEqualTo(OptionalInt.of(0));
        assertThat(new CommitMetadata("abc", 3).epochIn("abd")).isEmpty();
        assertThat(new CommitMetadata("abc", -1).epochIn("abc")).isEmpty();
        assertThat(new CommitMetadata("abc", 3).epochIn("")).isEmpty();
    }
}
