// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * Sends lines to Flume's netcat source, which answers each with {@code OK} once its channel has accepted it. For one
 * thread.
 */
public final class NetcatClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofMinutes(2);
    private static final int READ_TIMEOUT_MILLIS = 60_000;
    // This many answers fit into the socket's buffers before the client reads them.
    private static final int CHUNK = 100;

    private final Socket socket;
    private final BufferedWriter out;
    private final BufferedReader in;
    private final List<String> acknowledged = new ArrayList<>();

    private NetcatClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), UTF_8));
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    /** Connects to a loopback port, and waits until the source listens there. */
    public static NetcatClient connect(int port) {
        Callable<NetcatClient> attempt = () -> tryConnect(port);
        return Awaitility.await("a netcat source on port " + port)
                .atMost(CONNECT_TIMEOUT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(attempt, client -> true);
    }

    private static NetcatClient tryConnect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            return new NetcatClient(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends lines and waits for all answers.
     *
     * @throws IOException if the connection breaks; {@link #acknowledged()} returns the lines that were answered before
     * @throws AssertionError if an answer is not {@code OK}
     */
    public void send(List<String> lines) throws IOException {
        for (int from = 0; from < lines.size(); from += CHUNK) {
            sendChunk(lines.subList(from, Math.min(lines.size(), from + CHUNK)));
        }
    }

    /** Same as {@link #send(List)}. */
    public void send(String... lines) throws IOException {
        send(List.of(lines));
    }

    private void sendChunk(List<String> lines) throws IOException {
        for (String line : lines) {
            out.write(line);
            out.write('\n');
        }
        out.flush();
        for (String line : lines) {
            String answer = in.readLine();
            if (answer == null) {
                throw new IOException("The agent closed the connection before it answered '" + line + "'");
            }
            if (!answer.equals("OK")) {
                throw new AssertionError("The agent answered '" + answer + "' to '" + line + "'");
            }
            acknowledged.add(line);
        }
    }

    /** Returns the lines that the agent has answered with {@code OK} so far. The agent must not lose them. */
    public List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
