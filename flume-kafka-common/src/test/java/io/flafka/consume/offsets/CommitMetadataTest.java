// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that is committed with an offset. */
class CommitMetadataTest {

    @Test
    void hasTheTopicIdAndTheEpoch() {
        CommitMetadata metadata = new CommitMetadata("abc_-9", 7);

        assertThat(metadata.toText()).isEqualTo("flafka/1 topic=abc_-9 epoch=7");
        assertThat(CommitMetadata.parse(metadata.toText())).isEqualTo(metadata);
    }

    @Test
    void hasOnlyTheTopicIdIfTheEpochIsUnknown() {
        CommitMetadata metadata = new CommitMetadata("abc", -1);

        assertThat(metadata.toText()).isEqualTo("flafka/1 topic=abc");
        assertThat(CommitMetadata.parse(metadata.toText())).isEqualTo(metadata);
        assertThat(new CommitMetadata("abc", 0).toText()).isEqualTo("flafka/1 topic=abc epoch=0");
    }

    @Test
    void isEmptyWithoutTheTopicId() {
        assertThat(new CommitMetadata("", 7).toText()).isEmpty();
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
    void ignoresTextsOfOtherPrograms(String text) {
        assertThat(CommitMetadata.parse(text)).isIn(CommitMetadata.UNKNOWN, new CommitMetadata("abc", -1));
    }

    @Test
    void parsesATextWithAdditionsOfALaterVersion() {
        assertThat(CommitMetadata.parse("flafka/1 topic=abc epoch=3 more=x")).isEqualTo(new CommitMetadata("abc", 3));
    }

    @Test
    void isOfAnotherTopicOnlyIfBothIdsAreKnownAndDiffer() {
        CommitMetadata metadata = new CommitMetadata("abc", 3);

        assertThat(metadata.isOfAnotherTopicThan("abd")).isTrue();
        assertThat(metadata.isOfAnotherTopicThan("abc")).isFalse();
        assertThat(metadata.isOfAnotherTopicThan("")).isFalse();
        assertThat(CommitMetadata.UNKNOWN.isOfAnotherTopicThan("abc")).isFalse();
    }

    @Test
    void epochIsKnownOnlyForTheSameTopic() {
        assertThat(new CommitMetadata("abc", 0).epochIn("abc")).isEqualTo(OptionalInt.of(0));
        assertThat(new CommitMetadata("abc", 3).epochIn("abd")).isEmpty();
        assertThat(new CommitMetadata("abc", -1).epochIn("abc")).isEmpty();
        assertThat(new CommitMetadata("abc", 3).epochIn("")).isEmpty();
    }
}
