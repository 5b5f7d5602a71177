// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.testing.torture.pipeline.Pipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The torture run: {@code examples/torture/run.sh} starts it. It tortures each pipeline in turn, and exits with 1 if a
 * promise was broken.
 */
public final class Torture {

    private Torture() {}

    public static void main(String[] arguments) {
        TortureOptions options = TortureOptions.parse(List.of(arguments));
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        Thread run = new Thread(
                () -> {
                    try {
                        kept.complete(run(options, out));
                    } catch (IOException | InterruptedException | RuntimeException | AssertionError failed) {
                        kept.completeExceptionally(failed);
                    }
                },
                "torture");
        // Also after Ctrl-C, all processes end and temporary files are deleted.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(run), "end-torture"));
        run.start();
        System.exit(kept.join() ? 0 : 1);
    }

    private static void end(Thread run) {
        run.interrupt();
        try {
            run.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tortures each pipeline and prints what was found. Returns whether all promises were kept. */
    public static boolean run(TortureOptions options, PrintStream out) throws IOException, InterruptedException {
        Console console = new Console(out);
        List<TortureResult> results = new ArrayList<>();
        for (Pipeline pipeline : options.pipelines()) {
            TortureResult result = new TortureRun(options, pipeline, console).run();
            results.add(result);
            console.print(System.lineSeparator() + result.verdict().table());
            if (!result.verdict().kept()) {
                result.verdict().replay(out);
            }
            console.print("History: " + result.verdict().history() + System.lineSeparator());
        }
        console.print(Summary.of(options, results));
        return results.stream().allMatch(result -> result.verdict().kept());
    }
}
