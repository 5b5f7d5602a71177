// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The commits that take transactions request from one reader. Requests share a commit until the reader begins it. Thread-safe. */
final class CommitRequests {

    @GuardedBy("this")
    private @Nullable PendingCommit requested;

    @GuardedBy("this")
    private boolean isStopped;

    /** Returns the commit that the caller can wait for. After {@link #stop} it is refused already. */
    synchronized PendingCommit request() {
        PendingCommit commit = requested == null ? new PendingCommit() : requested;
        if (isStopped) {
            commit.refuse();
        } else {
            requested = commit;
        }
        return commit;
    }

    synchronized boolean isPending() {
        return requested != null;
    }

    /** Returns the requested commit, if any, for the reader to begin. Later requests get the commit after it. */
    synchronized Optional<PendingCommit> begin() {
        Optional<PendingCommit> begun = Optional.ofNullable(requested);
        requested = null;
        return begun;
    }

    /** Refuses the requested commit, and each later one. */
    synchronized void stop() {
        isStopped = true;
        begin().ifPresent(PendingCommit::refuse);
    }
}
