// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.CompiledJar;
import io.flafka.testing.FlumeHome;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An interceptor that a fault makes slow or lets fail: it waits while its folder has the file {@code slow}, and throws an
 * exception while there is the file {@code broken}.
 */
final class SlowInterceptorJar {
    /** The class that an agent file names. */
    static final String BUILDER = "torture.SlowInterceptor$Builder";

    private static final String SOURCE = """
            package torture;

            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.List;
            import org.apache.flume.Context;
            import org.apache.flume.Event;
            import org.apache.flume.interceptor.Interceptor;

            public final class SlowInterceptor implements Interceptor {
                private final Path folder;

                private SlowInterceptor(Path folder) {
                    this.folder = folder;
                }

                @Override
                public void initialize() {}

                @Override
                public Event intercept(Event event) {
                    return event;
                }

                @Override
                public List<Event> intercept(List<Event> events) {
                    try {
                        while (Files.exists(folder.resolve("slow"))) {
                            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(50);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    if (Files.exists(folder.resolve("broken"))) {
                        throw new IllegalStateException("The interceptor is broken");
                    }
                    return events;
                }

                @Override
                public void close() {}

                public static final class Builder implements Interceptor.Builder {
                    private Path folder;

                    @Override
                    public void configure(Context context) {
                        folder = Path.of(context.getString("folder"));
                    }

                    @Override
                    public Interceptor build() {
                        return new SlowInterceptor(folder);
                    }
                }
            }
            """;

    private SlowInterceptorJar() {}

    /** Puts the jar where Flume finds it. */
    static void install(FlumeHome home) {
        try {
            new CompiledJar()
                    .addClassPath(home.lib())
                    .addSource("torture.SlowInterceptor", SOURCE)
                    .writeTo(home.plugins().resolve("torture").resolve("lib").resolve("slow-interceptor.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
