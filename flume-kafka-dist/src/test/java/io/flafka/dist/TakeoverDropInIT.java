// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flafka.testing.CompiledJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/takeover} reports about an operator's Kafka classes outside {@code drop-in}. */
class TakeoverDropInIT extends TakeoverFixture {

    private static final String AGENT_FILE = """
            # a.sinks.k.kafka.producer.partitioner.class = com.example.Commented
            a.sinks.k.kafka.producer.partitioner.class = com.example.Chooser
            a.sinks.k.kafka.producer.key.serializer = org.apache.kafka.common.serialization.StringSerializer
            a.sources.r.kafka.client.sasl.jaas.config = com.example.Module required password="com.example.Secret";
            a.sources.r.kafka.consumer.interceptor.classes: com.example.One,com.example.Two
            a.sources.r.interceptors.i.type = com.example.Flumes$Builder
            """;

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash --posix", "busybox sh"})
    void reportsJarsWithClassesNamedInAnAgentFile(String shell) throws Exception {
        String[] words = shell.split(" ", -1);
        assumeTrue(TakeoverIT.isInstalled(words[0]), words[0] + " is not installed");
        home.takeover().run();
        Files.createDirectories(home.path().resolve("conf"));
        Files.writeString(home.path().resolve("conf/agent.properties"), AGENT_FILE);
        Path chooser = jarWith(
                "lib/chooser.jar",
                "com.example.Chooser",
                "com.example.Commented",
                "com.example.Flumes$Builder",
                "org.apache.kafka.common.serialization.StringSerializer");
        Path login = jarWith("plugins.d/my login/libext/login.jar", "com.example.Module", "com.example.Two");

        PluginScript takeover = home.takeover().by(words);
        List<String> output = takeover.run("--check").output();

        assertThat(output)
                .startsWith(home.allUseThisPlugin().toArray(String[]::new))
                .endsWith(
                        advice("com.example.Chooser", chooser),
                        advice("com.example.Module", login),
                        advice("com.example.Two", login))
                .hasSize(home.allUseThisPlugin().size() + 3);
        Files.createDirectories(home.plugin().resolve("drop-in"));
        Files.copy(chooser, home.plugin().resolve("drop-in/chooser.jar"));
        Files.copy(login, home.plugin().resolve("drop-in/login.jar"));
        assertThat(takeover.run("--check").output()).isEqualTo(home.allUseThisPlugin());
    }

    @Test
    void reportsJarsWithWellKnownClasses() throws Exception {
        Path login = jarWith("plugins.d/aws/lib/aws-msk-iam-auth.jar", "software.amazon.msk.auth.iam.IAMLoginModule");

        assertThat(home.takeover().run().output())
                .last()
                .isEqualTo(advice("software.amazon.msk.auth.iam.IAMLoginModule", login));
    }

    @Test
    void readsAgentFilesOfTheGivenFolder() throws Exception {
        Path conf = Files.createDirectory(directory.resolve("my conf"));
        Files.writeString(conf.resolve("a.conf"), AGENT_FILE);
        Path chooser = jarWith("lib/chooser.jar", "com.example.Chooser");

        assertThat(home.takeover().run("--check").output()).doesNotContain(advice("com.example.Chooser", chooser));
        assertThat(home.takeover().run("--check", "--conf", conf.toString()).output())
                .last()
                .isEqualTo(advice("com.example.Chooser", chooser));
    }

    private String advice(String name, Path jar) {
        return name + ": is in " + jar
                + ", where it cannot use this plugin's Kafka client: copy that jar and the jars it needs to "
                + home.plugin().resolve("drop-in");
    }

    /** Writes a jar with empty classes: the script reads only the names of its entries. */
    private Path jarWith(String path, String... classes) throws Exception {
        CompiledJar jar = new CompiledJar();
        for (String name : classes) {
            jar.addResource(name.replace('.', '/') + ".class", "");
        }
        return jar.writeTo(home.path().resolve(path));
    }
}
