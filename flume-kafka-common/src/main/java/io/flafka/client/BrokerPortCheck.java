// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;

/**
 * Refuses a client without TLS for a port with TLS, and a client without login for a port that requires one. Kafka's client would only say that nobody
 * answers. Worse, it would take the beginning of the answer of a port with TLS for the size of a response, 352 MB, and run out of memory (KAFKA-4090).
 *
 * <p>Before a client is created, its brokers get the first request that it would send itself. If the client has no login, they get it twice, because a
 * port that requires a login then closes the connection. A client with the right settings causes no refusal that a broker logs or counts. That is why
 * clients with TLS are not checked. A port that does not answer at once is not judged. The result is remembered for 3 s, because an agent starts many
 * clients at once. Thread-safe.
 */
final class BrokerPortCheck {

    /** The check that all clients of the agent share. */
    static final BrokerPortCheck SHARED = new BrokerPortCheck();

    private static final int TIMEOUT_MILLIS = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    /** Short, because a port may change while the agent runs, and its client is then replaced. */
    private static final Duration MEMORY = Duration.ofSeconds(3);
    /** The first bytes of a TLS alert: the type of the message, and the major version. */
    private static final int TLS_ALERT = 0x1503;
    /** The number of the request ApiVersions in Kafka's protocol. */
    private static final short API_VERSIONS = 18;
    /** A host or an IPv6 address, and the port, after the name of a listener, if there is one. */
    private static final Pattern ADDRESS = Pattern.compile("(?:[^/]*://)?\\[?([^\\[\\]/]+?)\\]?:(\\d{1,5})");

    private final Map<String, Long> nextCheckNanos = new ConcurrentHashMap<>();

    private BrokerPortCheck() {}

    /** What a port is. */
    private enum Port {
        WITH_TLS,
        WITH_LOGIN,
        FITS,
        UNKNOWN
    }

    /**
     * Returns after at most a few seconds.
     *
     * @throws KafkaException if a broker's port needs another {@code security.protocol}
     */
    void check(ClientSettings settings) {
        String client = settings.securityProtocol() + " " + settings.brokers();
        Long next = nextCheckNanos.get(client);
        if (settings.securityProtocol().endsWith("SSL") || (next != null && next - System.nanoTime() > 0)) {
            return;
        }
        long end = System.nanoTime() + LONGEST.toNanos();
        for (String address : settings.brokers().split(",", -1)) {
            Port port = System.nanoTime() < end ? ask(address.trim(), settings) : Port.UNKNOWN;
            if (port == Port.WITH_LOGIN) {
                // A broker that is just stopping closes connections too, but not again and again.
                port = ask(address.trim(), settings);
            }
            if (port == Port.WITH_TLS || port == Port.WITH_LOGIN) {
                throw new KafkaException("%s %s, and this client has security.protocol = %s: set %s"
                        .formatted(
                                address.trim(),
                                port == Port.WITH_TLS ? "speaks TLS" : "requires a login",
                                settings.securityProtocol(),
                                remedy(port, settings)));
            }
        }
        nextCheckNanos.put(client, System.nanoTime() + MEMORY.toNanos());
    }

    private static String remedy(Port port, ClientSettings settings) {
        if (port == Port.WITH_LOGIN) {
            return "kafka.client.security.protocol = SASL_PLAINTEXT, kafka.client.sasl.mechanism and"
                    + " kafka.client.sasl.jaas.config";
        }
        return logsIn(settings)
                ? "kafka.client.security.protocol = SASL_SSL"
                : "kafka.client.security.protocol = SSL, or SASL_SSL if clients must log in";
    }

    private static boolean logsIn(ClientSettings settings) {
        return settings.securityProtocol().startsWith("SASL");
    }

    private static Port ask(String address, ClientSettings settings) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return Port.UNKNOWN;
        }
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))), TIMEOUT_MILLIS);
            DataInputStream answers = new DataInputStream(socket.getInputStream());
            byte[] request = versionsRequest(settings.clientId());
            socket.getOutputStream().write(request);
            int begin = answers.readUnsignedShort();
            if (begin == TLS_ALERT) {
                return Port.WITH_TLS;
            }
            if (begin != 0 || logsIn(settings)) {
                return Port.FITS;
            }
            answers.readFully(new byte[answers.readUnsignedShort()]);
            socket.getOutputStream().write(request);
            return answersAgain(answers) ? Port.FITS : Port.WITH_LOGIN;
        } catch (IOException | IllegalArgumentException unreachable) {
            // Kafka's client reports it.
            return Port.UNKNOWN;
        }
    }

    private static boolean answersAgain(DataInputStream answers) throws IOException {
        try {
            answers.readInt();
            return true;
        } catch (EOFException closed) {
            return false;
        }
    }

    /** A request that brokers answer before a login: its size, the kind of request, the version 0, a number, and the client's name. */
    private static byte[] versionsRequest(String clientId) {
        byte[] name = clientId.getBytes(UTF_8);
        int size = 3 * Short.BYTES + Integer.BYTES + name.length;
        return ByteBuffer.allocate(Integer.BYTES + size)
                .putInt(size)
                .putShort(API_VERSIONS)
                .putShort((short) 0)
                .putInt(0)
                .putShort((short) name.length)
                .put(name)
                .array();
    }
}
