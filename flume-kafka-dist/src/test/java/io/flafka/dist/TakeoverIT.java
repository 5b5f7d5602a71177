// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static io.flafka.dist.StockHome.CHANNEL;
import static io.flafka.dist.StockHome.SINK;
import static io.flafka.dist.StockHome.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flafka.dist.PluginScript.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which jars {@code bin/takeover} moves, moves back and leaves in place. */
class TakeoverIT extends TakeoverFixture {

    @Test
    void takesOverACompleteHomeAndUndoesIt() throws Exception {
        PluginScript takeover = PluginScript.at(completeHome.plugins().resolve("flume-kafka/bin/takeover"));
        Set<String> before = new StockHome(completeHome.path()).tree();

        assertThat(takeover.run("--check").exitCode()).isEqualTo(1);
        assertThat(takeover.run().exitCode()).isZero();
        assertThat(completeHome.lib().resolve("replaced-by-flume-kafka"))
                .isDirectoryContaining("glob:**" + SOURCE)
                .isDirectoryContaining("glob:**" + SINK)
                .isDirectoryContaining("glob:**" + CHANNEL);
        assertThat(takeover.run("--check").exitCode()).isZero();
        assertThat(takeover.run("--undo").exitCode()).isZero();

        assertThat(new StockHome(completeHome.path()).tree()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash --posix", "busybox sh"})
    void movesJarsAndMovesThemBackInAnyShell(String shell) throws Exception {
        String[] words = shell.split(" ", -1);
        assumeTrue(isInstalled(words[0]), words[0] + " is not installed");
        Set<String> before = home.tree();
        PluginScript takeover = home.takeover().by(words);

        Outcome done = takeover.run();
        Set<String> takenOver = home.tree();
        Outcome undone = takeover.run("--undo");

        assertThat(done).isEqualTo(new Outcome(0, movedAndChecked(SOURCE, SINK, CHANNEL), List.of()));
        assertThat(takenOver)
                .containsAll(Set.of(
                        "lib/flume-ng-core-1.11.0.jar",
                        "lib/replaced-by-flume-kafka/" + SOURCE,
                        "lib/replaced-by-flume-kafka/" + SINK,
                        "lib/replaced-by-flume-kafka/" + CHANNEL))
                .doesNotContain("lib/" + SOURCE, "lib/" + SINK, "lib/" + CHANNEL);
        assertThat(undone).isEqualTo(new Outcome(0, movedBack("moved", SOURCE, SINK, CHANNEL), List.of()));
        assertThat(home.tree()).isEqualTo(before);
    }

    @Test
    void secondRunChangesNothing() throws Exception {
        home.takeover().run();
        Set<String> takenOver = home.tree();
        assertThat(home.takeover().run())
                .isEqualTo(new Outcome(
                        0,
                        checked("nothing to move: " + home.lib() + " has no jar of Flume's own Kafka components"),
                        List.of()));
        assertThat(home.tree()).isEqualTo(takenOver);

        home.takeover().run("--undo");
        Set<String> undone = home.tree();
        assertThat(home.takeover().run("--undo")).isEqualTo(nothingToMoveBack());
        assertThat(home.tree()).isEqualTo(undone);
    }

    @Test
    void dryRunReportsMovesButMovesNothing() throws Exception {
        Set<String> before = home.tree();
        assertThat(home.takeover().run("--dry-run"))
                .isEqualTo(new Outcome(0, moved("would move", SOURCE, SINK, CHANNEL), List.of()));
        assertThat(home.tree()).isEqualTo(before);

        home.takeover().run();
        Set<String> takenOver = home.tree();
        assertThat(home.takeover().run("--undo", "--dry-run"))
                .isEqualTo(new Outcome(0, movedBack("would move", SOURCE, SINK, CHANNEL), List.of()));
        assertThat(home.tree()).isEqualTo(takenOver);
    }

    @Test
    void worksWithSomeOrNoneOfTheJars() throws Exception {
        Files.delete(home.lib().resolve(SOURCE));
        Files.delete(home.lib().resolve(CHANNEL));
        assertThat(home.takeover().run()).isEqualTo(new Outcome(0, movedAndChecked(SINK), List.of()));
        assertThat(home.takeover().run("--undo")).isEqualTo(new Outcome(0, movedBack("moved", SINK), List.of()));

        Files.delete(home.lib().resolve(SINK));
        Set<String> before = home.tree();
        assertThat(home.takeover().run().exitCode()).isZero();
        assertThat(home.takeover().run("--undo")).isEqualTo(nothingToMoveBack());
        assertThat(home.tree()).isEqualTo(before);
    }

    @Test
    void movesAllVersionsOfAComponent() throws Exception {
        String old = home.addVersion(SOURCE, "1.9.0").getFileName().toString();
        Set<String> before = home.tree();

        assertThat(home.takeover().run())
                .isEqualTo(new Outcome(0, movedAndChecked(SOURCE, old, SINK, CHANNEL), List.of()));
        assertThat(home.takeover().run("--undo"))
                .isEqualTo(new Outcome(0, movedBack("moved", SOURCE, old, SINK, CHANNEL), List.of()));

        assertThat(home.tree()).isEqualTo(before);
    }

    @Test
    void undoAfterAnUpgradeOfFlumeKeepsTheNewJars() throws Exception {
        home.takeover().run();
        Path newer = Files.writeString(home.lib().resolve(SOURCE), stockContent("newer"));
        Path renamed = Files.writeString(
                home.lib().resolve("flume-ng-kafka-sink-1.12.0.jar"),
                "org/apache/flume/sink/kafka/KafkaSink.class in a jar");

        Outcome undone = home.takeover().run("--undo");

        assertThat(undone)
                .isEqualTo(new Outcome(
                        0,
                        List.of(
                                "left " + home.replaced().resolve(SOURCE) + " in place, because " + newer + " exists",
                                "left " + home.replaced().resolve(SINK) + " in place, because " + renamed + " exists",
                                "moved " + home.replaced().resolve(CHANNEL) + " to " + home.lib()),
                        List.of()));
        assertThat(newer).hasContent(stockContent("newer"));
        assertThat(home.replaced().resolve(SOURCE))
                .hasSameBinaryContentAs(completeHome.lib().resolve(SOURCE));
    }

    @Test
    void takeoverAfterAnUpgradeMovesTheOldJarsToTheirOwnFolder() throws Exception {
        home.takeover().run();
        Files.writeString(home.lib().resolve(SOURCE), stockContent("newer"));
        Path earlier = home.replaced().resolve("earlier-1");

        Outcome again = home.takeover().run();
        assertThat(again)
                .isEqualTo(new Outcome(
                        0,
                        checked(
                                "moved " + home.replaced().resolve(SOURCE) + " to " + earlier,
                                "moved " + home.lib().resolve(SOURCE) + " to " + home.replaced()),
                        List.of()));
        assertThat(earlier.resolve(SOURCE))
                .hasSameBinaryContentAs(completeHome.lib().resolve(SOURCE));

        home.takeover().run("--undo");
        assertThat(home.lib().resolve(SOURCE)).hasContent(stockContent("newer"));
        assertThat(home.lib().resolve(SINK)).exists();
        assertThat(earlier.resolve(SOURCE)).exists();
        assertThat(home.replaced().resolve(SOURCE)).doesNotExist();
    }

    @Test
    void movesALinkAndRestoresIt() throws Exception {
        Path share = Files.createDirectory(directory.resolve("share"));
        Files.move(home.lib().resolve(SOURCE), share.resolve(SOURCE));
        Files.createSymbolicLink(home.lib().resolve(SOURCE), Path.of("../../share", SOURCE));

        assertThat(home.takeover().run().exitCode()).isZero();
        assertThat(home.lib().resolve(SOURCE)).doesNotExist();
        assertThat(home.takeover().run("--undo").exitCode()).isZero();

        assertThat(home.lib().resolve(SOURCE))
                .isSymbolicLink()
                .hasSameBinaryContentAs(completeHome.lib().resolve(SOURCE));
    }

    @Test
    void leavesAJarWithoutTheClassInPlace() throws Exception {
        Path own = home.lib().resolve("flume-kafka-source-interceptors.jar");
        Files.copy(completeHome.lib().resolve("flume-ng-core-1.11.0.jar"), own);

        assertThat(home.takeover().run()).isEqualTo(new Outcome(0, movedAndChecked(SOURCE, SINK, CHANNEL), List.of()));
        assertThat(own).exists();
        assertThat(home.takeover().run("--undo").exitCode()).isZero();

        assertThat(home.lib().resolve(SOURCE)).exists();
    }

    @Test
    void reportsButLeavesAJarOfAnotherNameWithTheClass() throws Exception {
        Path bundle = Files.move(home.lib().resolve(SINK), home.lib().resolve("all-of-ours.jar"));

        Outcome done = home.takeover().run();

        assertThat(done.exitCode()).isEqualTo(1);
        assertThat(done.output())
                .startsWith(moved("moved", SOURCE, CHANNEL).toArray(String[]::new))
                .contains("org.apache.flume.sink.kafka.KafkaSink: does not use this plugin: " + bundle);
        assertThat(bundle).exists();
    }

    private List<String> movedAndChecked(String... jars) {
        return checked(moved("moved", jars).toArray(String[]::new));
    }

    /** Returns the lines, followed by one per type name which reports this plugin. */
    private List<String> checked(String... lines) {
        return Stream.concat(Stream.of(lines), home.allUseThisPlugin().stream()).toList();
    }

    private List<String> moved(String done, String... jars) {
        return Stream.of(jars)
                .map(jar -> done + " " + home.lib().resolve(jar) + " to " + home.replaced())
                .toList();
    }

    private List<String> movedBack(String done, String... jars) {
        return Stream.of(jars)
                .map(jar -> done + " " + home.replaced().resolve(jar) + " to " + home.lib())
                .toList();
    }

    private Outcome nothingToMoveBack() {
        return new Outcome(
                0,
                List.of("nothing to move back: " + home.replaced() + " has no jar that is missing in " + home.lib()),
                List.of());
    }

    /** Returns the part of a jar that the script reads. */
    private static String stockContent(String version) {
        return "org/apache/flume/source/kafka/KafkaSource.class of the version " + version;
    }

    static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
