// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static io.flafka.dist.StockHome.CHANNEL;
import static io.flafka.dist.StockHome.SINK;
import static io.flafka.dist.StockHome.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.dist.TakeoverScript.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code bin/takeover --check} says of the type names, and which Flume home the script means. */
class TakeoverCheckIT extends TakeoverFixture {

    private static final String SINK_TYPE = "org.apache.flume.sink.kafka.KafkaSink";

    @Test
    void saysWhichJarEachTypeNameGets() throws Exception {
        Path old = home.addVersion(SOURCE, "1.9.0");

        assertThat(home.takeover().run("--check"))
                .isEqualTo(new Outcome(
                        1,
                        List.of(
                                "org.apache.flume.source.kafka.KafkaSource: not this plugin's: "
                                        + home.lib().resolve(SOURCE) + " or " + old,
                                SINK_TYPE + ": not this plugin's: " + home.lib().resolve(SINK),
                                "org.apache.flume.channel.kafka.KafkaChannel: not this plugin's: "
                                        + home.lib().resolve(CHANNEL),
                                home.own("io.flafka.KafkaSource"),
                                home.own("io.flafka.KafkaSink"),
                                home.own("io.flafka.KafkaChannel")),
                        List.of()));
        home.takeover().run();
        assertThat(home.takeover().run("--check")).isEqualTo(allOwn());
    }

    @Test
    void namesAnotherPluginThatComesBeforeThisOne() throws Exception {
        home.takeover().run();
        Path other = bring(SINK, "plugins.d/a plugin/lib");

        Outcome checked = home.takeover().run("--check");

        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.output())
                .contains(SINK_TYPE + ": not this plugin's: " + other)
                .hasSize(6);
    }

    @Test
    void isContentWithOtherPluginsThatComeAfterThisOne() throws Exception {
        home.takeover().run();
        bring(SINK, "plugins.d/z plugin/lib");
        // Flume takes all the lib folders before the first libext.
        bring(SINK, "plugins.d/a plugin/libext");

        assertThat(home.takeover().run("--check")).isEqualTo(allOwn());
    }

    @Test
    void looksWhereFlumeIsToldToLookForPlugins() throws Exception {
        home.takeover().run();
        Path other = bring(SINK, "more plugins/other/lib");
        Path more = home.path().resolve("more plugins");
        Path usual = home.path().resolve("plugins.d");

        assertThat(home.takeover().run("--check", "--plugins-path", usual + ":" + more))
                .isEqualTo(allOwn());
        assertThat(home.takeover()
                        .run("--check", "--plugins-path", more + ":" + usual)
                        .output())
                .contains(SINK_TYPE + ": not this plugin's: " + other);
        assertThat(home.takeover()
                        .run("--check", "--plugins-path", more.toString())
                        .output())
                .contains("io.flafka.KafkaSink: not this plugin's: no jar has it");
    }

    @Test
    void aPluginThatIsLinkedIntoPluginsDBelongsToThatHome() throws Exception {
        Path elsewhere = Files.move(home.plugin(), directory.resolve("flume-kafka-1.0"));
        Files.createSymbolicLink(home.plugin(), elsewhere);

        assertThat(home.takeover().run("--check").exitCode()).isEqualTo(1);
        assertThat(home.takeover().run().output()).endsWith(home.allOwn().toArray(String[]::new));
        assertThat(TakeoverScript.at(elsewhere.resolve("bin/takeover"))
                        .run("--check", "--flume-home", home.path().toString()))
                .isEqualTo(allOwn());
    }

    @Test
    void theScriptMayBeCalledByALinkToIt() throws Exception {
        Path link = Files.createSymbolicLink(
                directory.resolve("takeover"), Path.of("flume home/plugins.d/flume-kafka/bin/takeover"));

        assertThat(TakeoverScript.at(link).run().output())
                .endsWith(home.allOwn().toArray(String[]::new));
    }

    @Test
    void aPluginOutsideOfTheHomeIsToldWhichHomeIsMeant() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path plugin = Files.move(home.plugin(), elsewhere.resolve("flume-kafka"));
        TakeoverScript takeover = TakeoverScript.at(plugin.resolve("bin/takeover"));

        assertThat(takeover.run())
                .isEqualTo(refused(plugin + " is in no Flume home's plugins.d: say which home with --flume-home"));
        assertThat(takeover.with("FLUME_HOME", home.path()).run("--dry-run").output())
                .hasSize(3);
        assertThat(takeover.with("FLUME_HOME", directory)
                        .run("--flume-home", home.path().toString())
                        .exitCode())
                .isZero();
        assertThat(takeover.run("--flume-home", elsewhere.toString()))
                .isEqualTo(refused("no Flume home: " + elsewhere + "/lib has no flume-ng-core jar"));
    }

    @Test
    void twoHomesAreAQuestionToTheOperator() throws Exception {
        StockHome other = StockHome.of(whole, directory.resolve("other"));

        assertThat(home.takeover().with("FLUME_HOME", other.path()).run())
                .isEqualTo(refused("this plugin is in the Flume home " + home.path() + ", but FLUME_HOME is "
                        + other.path() + ": say which one with --flume-home"));
        Path link = Files.createSymbolicLink(directory.resolve("current"), home.path());
        assertThat(home.takeover().with("FLUME_HOME", link).run().exitCode()).isZero();
        assertThat(other.lib().resolve(SOURCE)).exists();
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() throws Exception {
        assertThat(home.takeover().run("--redo")).isEqualTo(refused("unknown option --redo; see --help"));
        assertThat(home.takeover().run("--check", "--undo"))
                .isEqualTo(refused("--undo and --check exclude each other; see --help"));
        assertThat(home.takeover().run("--flume-home")).isEqualTo(refused("--flume-home needs a value; see --help"));
        assertThat(home.takeover().run("--help").output())
                .startsWith(
                        "Usage: takeover [--undo] [--dry-run] [--flume-home <directory>] [--plugins-path <directories>]")
                .endsWith("           3  a move failed, and so did moving back what was moved before");
    }

    private Path bring(String jar, String folder) throws IOException {
        Path target = Files.createDirectories(home.path().resolve(folder));
        return Files.copy(whole.lib().resolve(jar), target.resolve(jar));
    }

    private Outcome allOwn() {
        return new Outcome(0, home.allOwn(), List.of());
    }

    private static Outcome refused(String reason) {
        return new Outcome(2, List.of(), List.of("takeover: " + reason));
    }
}
