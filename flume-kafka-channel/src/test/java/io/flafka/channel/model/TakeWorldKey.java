// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import io.flafka.channel.model.TakeWorld.Commit;
import io.flafka.channel.model.TakeWorld.Member;
import io.flafka.channel.model.TakeWorld.Partition;
import io.flafka.channel.model.TakeWorld.Queue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a world as a text. Worlds that differ only in the names of members, or of the sinks of one member, have the same text, so that only one of
 * them is explored.
 */
final class TakeWorldKey {

    private final TakeWorld world;
    private final StringBuilder text = new StringBuilder(80);

    private TakeWorldKey(TakeWorld world) {
        this.world = world;
    }

    static String of(TakeWorld world) {
        String one = new TakeWorldKey(world).write(0, 1);
        String other = new TakeWorldKey(world).write(1, 0);
        return one.compareTo(other) < 0 ? one : other;
    }

    private String write(int first, int second) {
        add(world.faultsLeft);
        for (Partition partition : world.partitions) {
            add(partition.incarnation);
            add(partition.committed);
            add(partition.committedIncarnation);
            add(partition.owner == first ? 1 : partition.owner == second ? 2 : 0);
            add(partition.isMoving);
            add(partition.delivered);
        }
        write(world.members[first]);
        write(world.members[second]);
        return text.append(world.broken).toString();
    }

    private void write(Member member) {
        add(member.isAlive);
        add(member.isExpelled);
        for (Queue queue : member.queues) {
            write(queue);
        }
        String[] sinks = new String[member.sinks.length];
        for (int s = 0; s < sinks.length; s++) {
            sinks[s] = sink(member, s);
        }
        Arrays.sort(sinks);
        for (String sink : sinks) {
            text.append(sink);
        }
        write(member.commit);
    }

    private void write(@Nullable Queue queue) {
        add(queue != null);
        if (queue != null) {
            add(queue.incarnation);
            add(queue.position);
            add(queue.confirmed);
            add(queue.waiting);
            add(queue.open);
            add(queue.isClosed);
        }
    }

    private static String sink(Member member, int sink) {
        StringBuilder text = new StringBuilder();
        for (int p = 0; p < member.queues.length; p++) {
            Queue queue = member.queues[p];
            int claim = queue == null ? 0 : queue.claims >> sink & 1;
            text.append((char) member.sinks[sink].taken[p])
                    .append((char) member.sinks[sink].orphaned[p])
                    .append((char) (2 * claim + (member.leftClaims[p] >> sink & 1)));
        }
        return text.toString();
    }

    private void write(@Nullable Commit commit) {
        add(commit != null);
        if (commit != null) {
            add(commit.isAccepted);
            add(commit.isFromOldGeneration);
            for (int p = 0; p < commit.offsets.length; p++) {
                add(commit.offsets[p]);
                add(commit.incarnations[p]);
                add(commit.isOfQueue[p]);
            }
        }
    }

    private void add(int value) {
        text.append((char) value);
    }

    private void add(boolean value) {
        text.append(value ? 'y' : 'n');
    }
}
