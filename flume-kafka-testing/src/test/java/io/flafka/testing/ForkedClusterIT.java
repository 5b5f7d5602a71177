// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a cluster ends, and how it fails to start. */
class ForkedClusterIT {

    @Test
    void leavesNeitherProcessNorFileBehind() {
        ForkedCluster cluster = ForkedCluster.start(1, Map.of());
        long pid = cluster.brokers().get(0).pid();
        cluster.brokers().get(0).freeze();

        cluster.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(cluster.directory()).doesNotExist();
    }

    @Test
    void showsTheBrokersLogIfItDoesNotStart() {
        assertThatThrownBy(() -> ForkedCluster.start(1, Map.of("num.io.threads", "none")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("stopped without logging /^READY /, exit code 1; the end of its log:")
                .hasMessageContaining("Invalid value none for configuration num.io.threads");
    }
}
