// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** What the thin classes may refer to. */
class LayeringTest {

    @Test
    void theThinClassesKnowOnlyTheJdkFlumesApiAndItsLogging() {
        classes()
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
                        "org.jspecify.annotations")
                .check(new ClassFileImporter()
                        .importUrl(KafkaSource.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()));
    }
}
