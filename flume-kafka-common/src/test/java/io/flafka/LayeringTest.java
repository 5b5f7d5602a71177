// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture.LayerDependencySpecification;
import io.flafka.event.EventCodec;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** Who may know whom inside this module, and what of Kafka may be touched where. */
class LayeringTest {

    /** The module's own classes, without its tests or the modules it sees. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(EventCodec.class.getProtectionDomain().getCodeSource().getLocation());

    /** Every package of this module below {@code io.flafka}, with those that it may know: a new one must be named here. */
    private static final Map<String, List<String>> LAYERS = Map.ofEntries(
            entry("config", List.of()),
            entry("lifecycle", List.of()),
            entry("event", List.of("config")),
            entry("metrics", List.of("config")),
            entry("failure", List.of("config", "event")),
            entry("client", List.of("config", "event", "failure", "lifecycle", "metrics")),
            entry("exactlyonce", List.of("client")),
            entry("consume", List.of("failure", "metrics")),
            entry("consume.offsets", List.of("client", "config", "consume", "failure", "lifecycle")),
            entry("produce.batch", List.of("config", "failure")),
            entry("produce.send", List.of("client", "event", "failure", "lifecycle", "produce.batch")),
            entry(
                    "produce.transaction",
                    List.of(
                            "client",
                            "event",
                            "exactlyonce",
                            "failure",
                            "lifecycle",
                            "metrics",
                            "produce.batch",
                            "produce.send")),
            entry(
                    "produce",
                    List.of("client", "config", "failure", "produce.batch", "produce.send", "produce.transaction")),
            entry(
                    "badrecord",
                    List.of("client", "config", "event", "failure", "lifecycle", "metrics", "produce.batch")),
            entry("zookeeper", List.of("client", "config", "consume.offsets", "failure", "lifecycle")));

    @Test
    void eachPackageKnowsOnlyThoseThatItIsAllowedTo() {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture();
        for (String layer : LAYERS.keySet()) {
            layers = layers.layer(layer).definedBy("io.flafka." + layer);
        }
        for (Map.Entry<String, List<String>> layer : LAYERS.entrySet()) {
            LayerDependencySpecification rule = layers.whereLayer(layer.getKey());
            layers = layer.getValue().isEmpty()
                    ? rule.mayNotAccessAnyLayer()
                    : rule.mayOnlyAccessLayers(layer.getValue().toArray(String[]::new));
        }
        assertHolds(layers);
    }

    @Test
    void nothingKnowsAComponentOrTheTestKit() {
        assertHolds(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.flafka.source..", "io.flafka.sink..", "io.flafka.channel..", "io.flafka.testing..")
                .because("the components stand on this module, and tests on the test kit"));
    }

    @Test
    void nothingUsesWhatKafkaMovesAbout() {
        assertHolds(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.common.utils..")
                .because("these classes move between Kafka's releases"));
    }

    @Test
    void oneClassTouchesZooKeepers() {
        assertHolds(noClasses()
                .that()
                .haveNameNotMatching(".*\\.ZooKeeperSession(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.zookeeper..")
                .because("an agent may have an old ZooKeeper client, or none"));
    }

    @Test
    void clientsAreMadeInOnePlace() {
        assertHolds(noClasses()
                .that()
                .resideOutsideOfPackage("io.flafka.client..")
                .should()
                .callConstructorWhere(target(owner(assignableTo(Consumer.class)
                        .or(assignableTo(Producer.class))
                        .or(assignableTo(Admin.class)))))
                .orShould()
                .callMethod(Admin.class, "create", Map.class)
                .orShould()
                .callMethod(Admin.class, "create", Properties.class)
                .because("who makes a client also decides its settings, its class loader and its client id"));
    }

    /**
     * Bytecode shows calls such as {@code ConsumerConfig.configDef()}, not a constant that the compiler has copied; a constant alone
     * makes no client, so {@link #clientsAreMadeInOnePlace()} is what guards those.
     */
    @Test
    void kafkasSettingsAreAskedAboutOnlyWhereTheyAreDeclaredOrMade() {
        assertHolds(noClasses()
                .that(not(resideInAnyPackage("io.flafka.client..", "io.flafka.config..")))
                .and()
                .haveSimpleNameNotEndingWith("Properties")
                .should()
                .dependOnClassesThat(belongToAnyOf(
                        ConsumerConfig.class, ProducerConfig.class, AdminClientConfig.class, CommonClientConfigs.class))
                .because("a setting is declared as a property and turned into a client's in io.flafka.client"));
    }

    private static void assertHolds(ArchRule rule) {
        assertThatCode(() -> rule.check(CLASSES)).doesNotThrowAnyException();
    }
}
