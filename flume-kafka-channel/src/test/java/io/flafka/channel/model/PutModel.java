// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The put side: a source puts batches of two records in Kafka transactions, and repeats a batch until its put succeeds. The agent can be killed at any
 * moment. What the source regards as put must be in the topic, and a reader of committed records sees a batch whole or not at all.
 *
 * @param acknowledged how many batches the source regards as put
 * @param stage how far the put of the next batch is
 * @param written the records that are in the open transaction, one bit each
 * @param visible the records that a reader of committed records sees, one bit each
 * @param isCommitOnItsWay a commit was sent, and can still arrive, because no other producer has started
 */
record PutModel(
        PutRules rules, int batches, int acknowledged, Stage stage, int written, int visible, boolean isCommitOnItsWay)
        implements ModelState<PutModel> {

    /** How far a put is. */
    enum Stage {
        NONE,
        FIRST,
        SECOND,
        COMPLETE,
        REFUSED,
        UNKNOWN
    }

    static PutModel initial(PutRules rules, int batches) {
        return new PutModel(rules, batches, 0, Stage.NONE, 0, 0, false);
    }

    @Override
    public boolean isSettled() {
        return acknowledged == batches;
    }

    @Override
    public Optional<String> brokenPromise() {
        for (int batch = 0; batch < batches; batch++) {
            int seen = (visible >> (2 * batch)) & 3;
            if (batch < acknowledged && seen != 3) {
                return Optional.of("lost: the source regards a batch as put that is not in the topic");
            }
            if (seen == 1 || seen == 2) {
                return Optional.of("torn: a part of a batch is visible");
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Step<PutModel>> steps() {
        List<Step<PutModel>> steps = new ArrayList<>();
        switch (stage) {
            case NONE -> {
                if (!isSettled()) {
                    steps.add(
                            step("the source puts batch " + acknowledged, true, with(Stage.FIRST, 0, visible, false)));
                }
            }
            case FIRST -> addWrite(steps, 0, Stage.SECOND);
            case SECOND -> addWrite(steps, 1, Stage.COMPLETE);
            case COMPLETE -> addCommit(steps);
            case REFUSED -> steps.add(end("the put fails", rules.isRefusalSuccess()));
            case UNKNOWN -> steps.add(end("the put ends without an answer", rules.isUnknownSuccess()));
        }
        if (isCommitOnItsWay) {
            steps.add(step("Kafka gets the commit", false, with(stage, 0, visible | written, false)));
        }
        if (stage != Stage.NONE) {
            steps.add(step("the agent is killed and starts again", false, with(Stage.NONE, 0, visible, false)));
        }
        return steps;
    }

    private void addWrite(List<Step<PutModel>> steps, int record, Stage next) {
        int bit = 1 << (2 * acknowledged + record);
        PutModel after = rules.isTransactional()
                ? with(next, written | bit, visible, false)
                : with(next, 0, visible | bit, false);
        steps.add(step("record %d of it is written".formatted(record), true, after));
        steps.add(step("Kafka refuses record " + record, false, with(Stage.REFUSED, written, visible, false)));
    }

    private void addCommit(List<Step<PutModel>> steps) {
        PutModel committed = with(Stage.NONE, 0, visible | written, false);
        steps.add(step("the batch is committed", true, committed.withAcknowledged(acknowledged + 1)));
        steps.add(step("the commit is sent, no answer", false, with(Stage.UNKNOWN, written, visible, true)));
    }

    /** The next put starts another producer, which ends the transaction. */
    private Step<PutModel> end(String name, boolean isSuccess) {
        PutModel after = with(Stage.NONE, isCommitOnItsWay ? written : 0, visible, isCommitOnItsWay);
        return step(name, true, isSuccess ? after.withAcknowledged(acknowledged + 1) : after);
    }

    private static Step<PutModel> step(String name, boolean isWork, PutModel next) {
        return new Step<>(() -> name, isWork, () -> next);
    }

    private PutModel with(Stage nextStage, int nextWritten, int nextVisible, boolean isOnItsWay) {
        return new PutModel(rules, batches, acknowledged, nextStage, nextWritten, nextVisible, isOnItsWay);
    }

    private PutModel withAcknowledged(int next) {
        return new PutModel(rules, batches, next, stage, written, visible, isCommitOnItsWay);
    }

    @Override
    public String key() {
        return "%d %s %d %d %b".formatted(acknowledged, stage, written, visible, isCommitOnItsWay);
    }
}
