// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * While it is open, nobody may write any topic of a broker with an authorizer, so no producer gets a producer id. All else is allowed. For one thread.
 */
public final class WriteDenial implements AutoCloseable {

    private static final ResourcePattern CLUSTER =
            new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL);
    private static final ResourcePattern TOPICS =
            new ResourcePattern(ResourceType.TOPIC, ResourcePattern.WILDCARD_RESOURCE, PatternType.LITERAL);
    private static final List<AclBinding> RULES = List.of(
            rule(CLUSTER, AclOperation.ALL, AclPermissionType.ALLOW),
            rule(TOPICS, AclOperation.ALL, AclPermissionType.ALLOW),
            rule(CLUSTER, AclOperation.IDEMPOTENT_WRITE, AclPermissionType.DENY),
            rule(TOPICS, AclOperation.WRITE, AclPermissionType.DENY));

    private final Admin admin;

    /** Denies it at the brokers with these addresses. */
    public WriteDenial(String bootstrapServers) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        AccessRules.add(admin, RULES);
    }

    private static AclBinding rule(ResourcePattern resource, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(resource, new AccessControlEntry("User:*", "*", operation, permission));
    }

    @Override
    public void close() {
        try (admin) {
            AccessRules.remove(admin, RULES);
        }
    }
}
