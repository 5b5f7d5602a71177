// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.awaitility.Awaitility;

/**
 * Adds and removes ACLs, and waits until the broker applies them. Kafka answers earlier: when the controller has written
 * the change. Stateless.
 */
public final class AccessRules {

    private AccessRules() {}

    /** Adds ACLs to the broker that the client asks. */
    public static void add(Admin admin, AclBinding... rules) {
        add(admin, List.of(rules));
    }

    /** Same as {@link #add(Admin, AclBinding...)}. */
    public static void add(Admin admin, Collection<AclBinding> rules) {
        BrokerAnswer.of(admin.createAcls(rules).all());
        Awaitility.await("new ACLs")
                .ignoreException(IllegalStateException.class)
                .until(() -> applied(admin).containsAll(rules));
    }

    /** Removes ACLs. */
    public static void remove(Admin admin, AclBinding... rules) {
        remove(admin, List.of(rules));
    }

    /** Same as {@link #remove(Admin, AclBinding...)}. */
    public static void remove(Admin admin, Collection<AclBinding> rules) {
        List<AclBindingFilter> filters =
                rules.stream().map(AclBinding::toFilter).toList();
        BrokerAnswer.of(admin.deleteAcls(filters).all());
        Awaitility.await("ACLs are removed")
                .ignoreException(IllegalStateException.class)
                .until(() -> rules.stream().noneMatch(applied(admin)::contains));
    }

    private static Set<AclBinding> applied(Admin admin) {
        return Set.copyOf(
                BrokerAnswer.of(admin.describeAcls(AclBindingFilter.ANY).values()));
    }
}
