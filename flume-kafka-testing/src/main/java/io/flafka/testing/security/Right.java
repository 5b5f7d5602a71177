// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One right that an ACL gives to a principal.
 *
 * @param operation what it allows
 * @param resource where it allows that
 */
public record Right(AclOperation operation, ResourcePattern resource) {

    /** Returns the right to read a topic. It includes the right to describe it. */
    public static Right readTopic(String topic) {
        return new Right(AclOperation.READ, literal(ResourceType.TOPIC, topic));
    }

    /** Returns the right to write a topic. It includes the right to describe it. */
    public static Right writeTopic(String topic) {
        return new Right(AclOperation.WRITE, literal(ResourceType.TOPIC, topic));
    }

    /** Returns the right to be a member of a consumer group and to commit its offsets. */
    public static Right readGroup(String group) {
        return new Right(AclOperation.READ, literal(ResourceType.GROUP, group));
    }

    /** Returns the right to use transactional ids that begin with a prefix. It includes the right to describe them. */
    public static Right writeTransactionalIds(String prefix) {
        return new Right(
                AclOperation.WRITE, new ResourcePattern(ResourceType.TRANSACTIONAL_ID, prefix, PatternType.PREFIXED));
    }

    private static ResourcePattern literal(ResourceType type, String name) {
        return new ResourcePattern(type, name, PatternType.LITERAL);
    }

    AclBinding allowedTo(String principal) {
        return new AclBinding(resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
}
