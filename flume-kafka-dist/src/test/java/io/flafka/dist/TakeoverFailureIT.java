// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static io.flafka.dist.StockHome.CHANNEL;
import static io.flafka.dist.StockHome.SINK;
import static io.flafka.dist.StockHome.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flafka.dist.PluginScript.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code bin/takeover} when it cannot move a jar: it restores the previous state, or reports what it could not restore. */
class TakeoverFailureIT extends TakeoverFixture {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final String NOBODY = "65534";

    @AfterEach
    void makeWritableAgain() throws IOException {
        permit(home.lib(), "rwxr-xr-x");
    }

    @Test
    void refusesWithoutPermissionToWrite() throws Exception {
        PluginScript takeover = withoutWritePermission();
        Set<String> before = home.tree();
        assertThat(takeover.run()).isEqualTo(refused("cannot write to " + home.lib() + ": nothing was changed"));
        assertThat(takeover.run("--dry-run").exitCode()).isEqualTo(2);
        assertThat(takeover.run("--check").exitCode()).isEqualTo(1);
        assertThat(home.tree()).isEqualTo(before);

        permit(home.lib(), "rwxr-xr-x");
        home.takeover().run();
        Set<String> takenOver = home.tree();
        permit(home.lib(), "r-xr-xr-x");
        assertThat(takeover.run().exitCode()).as("nothing to do").isZero();
        assertThat(takeover.run("--undo"))
                .isEqualTo(refused("cannot write to " + home.lib() + ": nothing was changed"));
        assertThat(home.tree()).isEqualTo(takenOver);
    }

    @Test
    void refusesIfItCannotReadAJar() throws Exception {
        PluginScript takeover = withoutWritePermission();
        permit(home.lib(), "rwxrwxrwx");
        permit(home.lib().resolve(SINK), "---------");
        Set<String> before = home.tree();

        for (String option : List.of("--check", "--undo", "--dry-run")) {
            assertThat(takeover.run(option))
                    .isEqualTo(refused("cannot read " + home.lib().resolve(SINK)));
        }
        assertThat(takeover.run()).isEqualTo(refused("cannot read " + home.lib().resolve(SINK)));
        assertThat(home.tree()).isEqualTo(before);
    }

    @Test
    void movesJarsBackIfOneMoveFails() throws Exception {
        Set<String> before = home.tree();

        Outcome failed = withMoveThatFailsFor("*/lib/" + CHANNEL).run();

        assertThat(failed)
                .isEqualTo(refused(
                        "could not move " + home.lib().resolve(CHANNEL) + " to " + home.replaced(),
                        "nothing was changed"));
        assertThat(home.tree()).isEqualTo(before);
    }

    @Test
    void reportsAJarThatCouldNotBeMovedBack() throws Exception {
        Outcome failed = withMoveThatFailsFor("*/lib/" + CHANNEL + "|*/replaced-by-flume-kafka/" + SOURCE)
                .run();

        assertThat(failed)
                .isEqualTo(new Outcome(
                        3,
                        List.of(),
                        List.of(
                                "takeover: could not move " + home.lib().resolve(CHANNEL) + " to " + home.replaced(),
                                "takeover: could not move " + home.replaced().resolve(SOURCE) + " back to "
                                        + home.lib())));
        assertThat(home.lib().resolve(SINK)).exists();
        assertThat(home.replaced().resolve(SOURCE)).exists();

        // Another run without the fault completes the takeover.
        assertThat(home.takeover().run().exitCode()).isZero();
        assertThat(home.takeover().run("--undo").exitCode()).isZero();
        assertThat(home.lib().resolve(SOURCE))
                .hasSameBinaryContentAs(completeHome.lib().resolve(SOURCE));
    }

    @Test
    void overwritesNothing() throws Exception {
        home.takeover().run();
        // Without the component's class the file is not Flume's.
        Path foreign = Files.writeString(home.lib().resolve(CHANNEL), "not Flume's");
        Set<String> before = home.tree();

        Outcome undone = home.takeover().run("--undo");

        assertThat(undone)
                .isEqualTo(refused(
                        foreign + " already exists",
                        "could not move " + home.replaced().resolve(CHANNEL) + " to " + home.lib(),
                        "nothing was changed"));
        assertThat(home.tree()).isEqualTo(before);
        assertThat(foreign).hasContent("not Flume's");
    }

    @Test
    void refusesIfAFileIsInPlaceOfTheFolder() throws Exception {
        Files.writeString(home.replaced(), "no folder");
        Set<String> before = home.tree();

        assertThat(home.takeover().run())
                .isEqualTo(refused("cannot write to " + home.replaced() + ": nothing was changed"));
        assertThat(home.tree()).isEqualTo(before);
    }

    /** Returns the script run by a user without write permission. Root may write anywhere, so root runs it as nobody. */
    private PluginScript withoutWritePermission() throws IOException {
        permit(home.lib(), "r-xr-xr-x");
        if (!Files.isWritable(home.lib())) {
            return home.takeover();
        }
        assumeTrue(Files.isExecutable(SETPRIV), "runs as root, and setpriv is not installed");
        permit(directory, "rwxr-xr-x");
        return home.takeover().by(SETPRIV.toString(), "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
    }

    /** Returns the script with an {@code mv} that fails for files that match a shell pattern. */
    private PluginScript withMoveThatFailsFor(String pattern) throws IOException {
        Path programs = Files.createDirectory(directory.resolve("programs"));
        Path mv = Files.writeString(programs.resolve("mv"), """
                #!/bin/sh
                case $1 in
                  %s) exit 1 ;;
                esac
                PATH=%s
                exec mv "$@"
                """.formatted(pattern, System.getenv("PATH")));
        permit(mv, "rwxr-xr-x");
        return home.takeover().with("PATH", programs + ":" + System.getenv("PATH"));
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static Outcome refused(String... reasons) {
        return new Outcome(
                2,
                List.of(),
                List.of(reasons).stream().map("takeover: "::concat).toList());
    }
}
