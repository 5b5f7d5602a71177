// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The packages that the classes of the plugin may use. */
class LayeringTest {

    @Test
    void usesOnlyJdkFlumeApiAndSlf4j() {
        ArchRule rule = classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "io.flafka",
                        "org.apache.flume",
                        "org.apache.flume.channel",
                        "org.apache.flume.conf",
                        "org.apache.flume.lifecycle",
                        "org.slf4j",
                        "org.jspecify.annotations");

        assertThatCode(() -> rule.check(new ClassFileImporter()
                        .importUrl(KafkaSource.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())))
                .doesNotThrowAnyException();
    }
}
