// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.connect.mirror.MirrorMaker;

/** Copies from topic to topic with MirrorMaker 2, as its own program does: in dedicated mode, in this JVM. */
final class MirrorMakerCopy implements Copy {
    private static final String TASKS = "kafka.connect:type=connect-worker-metrics,connector=MirrorSourceConnector";

    private final CallTimes calls = new CallTimes();
    private final MirrorMaker mirrorMaker;

    /** Takes the properties as in the file of MirrorMaker's own program. */
    MirrorMakerCopy(Map<String, String> properties) {
        mirrorMaker = new MirrorMaker(properties);
    }

    @Override
    public void start() {
        mirrorMaker.start();
    }

    @Override
    public void check() {
        // A failed task is found at the stop. Before, the status of a task that starts is an error.
    }

    @Override
    public CallTimes calls() {
        return calls;
    }

    @Override
    public void stop() {
        checkTasks();
        mirrorMaker.stop();
        mirrorMaker.awaitStop();
    }

    /** A task that has failed ends, and nobody is told. */
    private static void checkTasks() {
        long running = tasks("connector-running-task-count");
        long all = tasks("connector-total-task-count");
        if (running < all) {
            throw new IllegalStateException("Only " + running + " of " + all + " tasks of MirrorMaker run");
        }
    }

    private static long tasks(String attribute) {
        try {
            return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(TASKS), attribute);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
