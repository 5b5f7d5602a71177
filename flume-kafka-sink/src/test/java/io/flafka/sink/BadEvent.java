// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.apache.kafka.clients.admin.AlterConfigOp.OpType.SET;

import io.flafka.testing.AccessRules;
import io.flafka.testing.TestTopic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The kinds of events that a sink cannot write, each with the repair of its cause. */
@SuppressWarnings("ImmutableEnumChecker") // The maps are made by Map.of.
enum BadEvent {
    TOO_LARGE_FOR_THE_CLIENT(Map.of(), 250_000) {
        @Override
        Map<String, String> repair(Admin admin, TestTopic topic) {
            return Map.of("kafka.producer.max.request.size", "500000");
        }
    },
    TOO_LARGE_FOR_THE_TOPIC(Map.of(), 150_000) {
        @Override
        void prepare(Admin admin, TestTopic topic) throws ExecutionException, InterruptedException {
            alter(admin, topic, "max.message.bytes", "100000");
        }

        @Override
        Map<String, String> repair(Admin admin, TestTopic topic) throws ExecutionException, InterruptedException {
            alter(admin, topic, "max.message.bytes", "200000");
            return Map.of();
        }
    },
    NO_SUCH_PARTITION(Map.of("part", "1"), 10) {
        @Override
        Map<String, String> repair(Admin admin, TestTopic topic) throws ExecutionException, InterruptedException {
            admin.createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(2)))
                    .all()
                    .get();
            return Map.of();
        }
    },
    HEADER_IS_NO_NUMBER(Map.of("part", "east"), 10) {
        @Override
        Map<String, String> repair(Admin admin, TestTopic topic) {
            return Map.of("partitionIdHeader", "other");
        }
    },
    HEADER_NOT_IN_CHARSET(Map.of("host", "gr\u00f6\u00dfte"), 10) {
        @Override
        Map<String, String> repair(Admin admin, TestTopic topic) {
            return Map.of("headers.charset", "UTF-8");
        }
    },
    INVALID_TOPIC_NAME(Map.of("topic", "no topic!"), 10) {
        @Override
        Map<String, String> repair(Admin admin, TestTopic topic) {
            return Map.of("allowTopicOverride", "false");
        }
    },
    UNAUTHORIZED_TOPIC(Map.of("topic", "forbidden"), 10) {
        @Override
        void prepare(Admin admin, TestTopic topic) throws ExecutionException, InterruptedException {
            AccessRules.add(admin, DENIAL);
        }

        @Override
        Map<String, String> repair(Admin admin, TestTopic topic) throws ExecutionException, InterruptedException {
            AccessRules.remove(admin, DENIAL);
            return Map.of("allowTopicOverride", "false");
        }
    },
    TIMESTAMP_OUT_OF_BOUNDS(Map.of("ts", "1000"), 10) {
        @Override
        void prepare(Admin admin, TestTopic topic) throws ExecutionException, InterruptedException {
            alter(admin, topic, "message.timestamp.before.max.ms", "3600000");
        }

        @Override
        Map<String, String> repair(Admin admin, TestTopic topic) throws ExecutionException, InterruptedException {
            alter(admin, topic, "message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
            return Map.of();
        }
    };

    private static final AclBinding DENIAL = new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, "forbidden", PatternType.LITERAL),
            new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.WRITE, AclPermissionType.DENY));

    private final Map<String, String> headers;
    private final int size;

    BadEvent(Map<String, String> headers, int size) {
        this.headers = headers;
        this.size = size;
    }

    Map<String, String> headers() {
        return headers;
    }

    String body() {
        return "x".repeat(size);
    }

    /** Makes the event bad if its headers and size are not enough. */
    void prepare(Admin admin, TestTopic topic) throws ExecutionException, InterruptedException {}

    /** Repairs the cause, and returns the properties that the sink needs after the repair. */
    abstract Map<String, String> repair(Admin admin, TestTopic topic) throws ExecutionException, InterruptedException;

    private static void alter(Admin admin, TestTopic topic, String name, String value)
            throws ExecutionException, InterruptedException {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                        List.of(new AlterConfigOp(new ConfigEntry(name, value), SET))))
                .all()
                .get();
    }
}
