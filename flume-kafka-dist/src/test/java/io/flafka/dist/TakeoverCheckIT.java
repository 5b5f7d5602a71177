// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static io.flafka.dist.StockHome.CHANNEL;
import static io.flafka.dist.StockHome.SINK;
import static io.flafka.dist.StockHome.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.dist.PluginScript.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which jar {@code bin/takeover --check} reports for each type name, and which Flume home the script uses. */
class TakeoverCheckIT extends TakeoverFixture {

    private static final String SINK_TYPE = "org.apache.flume.sink.kafka.KafkaSink";

    @Test
    void reportsTheJarOfEachTypeName() throws Exception {
        Path old = home.addVersion(SOURCE, "1.9.0");

        assertThat(home.takeover().run("--check"))
                .isEqualTo(new Outcome(
                        1,
                        List.of(
                                "org.apache.flume.source.kafka.KafkaSource: does not use this plugin: "
                                        + home.lib().resolve(SOURCE) + " or " + old,
                                SINK_TYPE + ": does not use this plugin: "
                                        + home.lib().resolve(SINK),
                                "org.apache.flume.channel.kafka.KafkaChannel: does not use this plugin: "
                                        + home.lib().resolve(CHANNEL),
                                home.usesThisPlugin("io.flafka.KafkaSource"),
                                home.usesThisPlugin("io.flafka.KafkaSink"),
                                home.usesThisPlugin("io.flafka.KafkaChannel")),
                        List.of()));
        home.takeover().run();
        assertThat(home.takeover().run("--check")).isEqualTo(allUseThisPlugin());
    }

    @Test
    void reportsAnotherPluginThatComesFirst() throws Exception {
        home.takeover().run();
        Path other = copyJar(SINK, "plugins.d/a plugin/lib");

        Outcome checked = home.takeover().run("--check");

        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.output())
                .contains(SINK_TYPE + ": does not use this plugin: " + other)
                .hasSize(6);
    }

    @Test
    void ignoresOtherPluginsThatComeLater() throws Exception {
        home.takeover().run();
        copyJar(SINK, "plugins.d/z plugin/lib");
        // flume-ng adds every lib folder before the first libext folder.
        copyJar(SINK, "plugins.d/a plugin/libext");

        assertThat(home.takeover().run("--check")).isEqualTo(allUseThisPlugin());
    }

    @Test
    void searchesTheGivenPluginsPath() throws Exception {
        home.takeover().run();
        Path other = copyJar(SINK, "more plugins/other/lib");
        Path more = home.path().resolve("more plugins");
        Path usual = home.path().resolve("plugins.d");

        assertThat(home.takeover().run("--check", "--plugins-path", usual + ":" + more))
                .isEqualTo(allUseThisPlugin());
        assertThat(home.takeover()
                        .run("--check", "--plugins-path", more + ":" + usual)
                        .output())
                .contains(SINK_TYPE + ": does not use this plugin: " + other);
        assertThat(home.takeover()
                        .run("--check", "--plugins-path", more.toString())
                        .output())
                .contains("io.flafka.KafkaSink: does not use this plugin: no jar has this class");
    }

    @Test
    void acceptsAPluginLinkedIntoPluginsD() throws Exception {
        Path elsewhere = Files.move(home.plugin(), directory.resolve("flume-kafka-1.0"));
        Files.createSymbolicLink(home.plugin(), elsewhere);

        assertThat(home.takeover().run("--check").exitCode()).isEqualTo(1);
        assertThat(home.takeover().run().output())
                .endsWith(home.allUseThisPlugin().toArray(String[]::new));
        assertThat(PluginScript.at(elsewhere.resolve("bin/takeover"))
                        .run("--check", "--flume-home", home.path().toString()))
                .isEqualTo(allUseThisPlugin());
    }

    @Test
    void canBeCalledThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(
                directory.resolve("takeover"), Path.of("flume home/plugins.d/flume-kafka/bin/takeover"));

        assertThat(PluginScript.at(link).run().output())
                .endsWith(home.allUseThisPlugin().toArray(String[]::new));
    }

    @Test
    void requiresAFlumeHomeIfThePluginIsOutsideOfIt() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path plugin = Files.move(home.plugin(), elsewhere.resolve("flume-kafka"));
        PluginScript takeover = PluginScript.at(plugin.resolve("bin/takeover"));

        assertThat(takeover.run())
                .isEqualTo(refused(plugin + " is not in the plugins.d of a Flume home: set --flume-home"));
        assertThat(takeover.with("FLUME_HOME", home.path()).run("--dry-run").output())
                .hasSize(3);
        assertThat(takeover.with("FLUME_HOME", directory)
                        .run("--flume-home", home.path().toString())
                        .exitCode())
                .isZero();
        assertThat(takeover.run("--flume-home", elsewhere.toString()))
                .isEqualTo(refused(elsewhere + " is not a Flume home: its lib has no flume-ng-core jar"));
    }

    @Test
    void refusesIfFlumeHomeIsAnotherHome() throws Exception {
        StockHome other = StockHome.of(completeHome, directory.resolve("other"));

        assertThat(home.takeover().with("FLUME_HOME", other.path()).run())
                .isEqualTo(refused("this plugin is in the Flume home " + home.path() + ", but FLUME_HOME is "
                        + other.path() + ": set --flume-home"));
        Path link = Files.createSymbolicLink(directory.resolve("current"), home.path());
        assertThat(home.takeover().with("FLUME_HOME", link).run().exitCode()).isZero();
        assertThat(other.lib().resolve(SOURCE)).exists();
    }

    @Test
    void refusesInvalidOptions() throws Exception {
        assertThat(home.takeover().run("--redo")).isEqualTo(refused("unknown option --redo; see --help"));
        assertThat(home.takeover().run("--check", "--undo"))
                .isEqualTo(refused("--undo and --check cannot be combined; see --help"));
        assertThat(home.takeover().run("--flume-home")).isEqualTo(refused("--flume-home needs a value; see --help"));
        assertThat(home.takeover().run("--help").output())
                .startsWith(
                        "Usage: takeover [--undo] [--dry-run] [--flume-home <directory>] [--plugins-path <directories>]")
                .endsWith("           3  A move failed, and a jar that was moved before could not be moved back.");
    }

    private Path copyJar(String jar, String folder) throws IOException {
        Path target = Files.createDirectories(home.path().resolve(folder));
        return Files.copy(completeHome.lib().resolve(jar), target.resolve(jar));
    }

    private Outcome allUseThisPlugin() {
        return new Outcome(0, home.allUseThisPlugin(), List.of());
    }

    private static Outcome refused(String reason) {
        return new Outcome(2, List.of(), List.of("takeover: " + reason));
    }
}
