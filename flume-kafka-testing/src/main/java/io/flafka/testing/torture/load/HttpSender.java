// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends to Flume's HTTP source, which answers after its channel has all events of the request. For one thread. */
public final class HttpSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);
    // Longer than a put can take, so that no request is under way when the next one is sent.
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int OK = 200;

    private final URI address;
    private final HttpClient client;

    /** Sends to a port on loopback. */
    private HttpSender(int port) {
        this.address = URI.create("http://127.0.0.1:" + port + "/");
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Returns a sender for each port. */
    public static List<Sender> toEach(List<Integer> ports) {
        return ports.stream().<Sender>map(HttpSender::new).toList();
    }

    @Override
    public List<LoadEvent> send(List<LoadEvent> events) throws InterruptedException {
        String json = events.stream().map(HttpSender::json).collect(Collectors.joining(",", "[", "]"));
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json; charset=UTF-8")
                .POST(BodyPublishers.ofString(json))
                .build();
        try {
            int answer = client.send(request, BodyHandlers.discarding()).statusCode();
            return answer == OK ? events : List.of();
        } catch (IOException broken) {
            LOG.debug("No answer", broken);
            return List.of();
        }
    }

    private static String json(LoadEvent event) {
        String headers = event.headers().entrySet().stream()
                .map(header -> "\"%s\":\"%s\"".formatted(header.getKey(), header.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        return "{\"headers\":%s,\"body\":\"%s\"}".formatted(headers, new String(event.body(), UTF_8));
    }

    @Override
    public void close() {
        // The client has no resources besides daemon threads.
    }
}
