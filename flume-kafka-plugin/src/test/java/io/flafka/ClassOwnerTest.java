// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The owner of a class or resource, by its name. */
class ClassOwnerTest {

    @ParameterizedTest
    @CsvSource({
        "HOST, java.lang.String",
        "HOST, javax.security.auth.spi.LoginModule",
        "HOST, com.sun.security.auth.module.Krb5LoginModule",
        "HOST, org.apache.flume.Event",
        "HOST, org.apache.flume.source.kafka.KafkaSource",
        "HOST, org.slf4j.Logger",
        "HOST, org.apache.logging.log4j.Logger",
        "HOST, org.apache.log4j.Logger",
        "HOST, io.flafka.KafkaSource",
        "ISOLATED, io.flafka.source.SourceComponent",
        "ISOLATED, io.flafka.source.SourceRun",
        "ISOLATED, org.apache.kafka.clients.producer.KafkaProducer",
        "ISOLATED, com.github.luben.zstd.Zstd",
        "ISOLATED, net.jpountz.lz4.LZ4Factory",
        "ISOLATED, org.xerial.snappy.Snappy",
        "ISOLATED, com.fasterxml.jackson.databind.ObjectMapper",
        "ISOLATED, org.jose4j.jwt.JwtClaims",
        "EITHER, software.amazon.msk.auth.iam.IAMLoginModule",
        "EITHER, org.apache.zookeeper.ZooKeeper",
        "EITHER, javax.annotation.Nullable",
        "EITHER, ClassInNoPackage"
    })
    void classesBelongTo(ClassOwner owner, String className) {
        assertThat(ClassOwner.ofClass(className)).isEqualTo(owner);
    }

    @ParameterizedTest
    @CsvSource({
        "HOST, org/apache/flume/flume.properties",
        "HOST, META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
        "ISOLATED, org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so",
        "ISOLATED, META-INF/services/org.apache.kafka.common.config.provider.ConfigProvider",
        "ISOLATED, META-INF/services/com.fasterxml.jackson.core.JsonFactory",
        "EITHER, META-INF/services/java.sql.Driver",
        "EITHER, META-INF/MANIFEST.MF",
        "EITHER, kafka/kafka-version.properties"
    })
    void resourcesBelongTo(ClassOwner owner, String path) {
        assertThat(ClassOwner.ofResource(path)).isEqualTo(owner);
    }
}
