// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
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
 * Refuses a client without TLS for a port that speaks TLS. Kafka's client would take the beginning of that port's answer for the size of a response,
 * 352 MB, and run out of memory (KAFKA-4090). Then its thread ends, or another thread of the agent gets the error.
 *
 * <p>Before a client is created, its brokers get the first request that it would send itself. A port that does not answer at once is not judged. The
 * result is remembered for a while, because a component has several clients. Thread-safe.
 */
final class TlsPortCheck {

    /** The check that all clients of the agent share. */
    static final TlsPortCheck SHARED = new TlsPortCheck();

    private static final int TIMEOUT_MILLIS = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final Duration MEMORY_WITHOUT_ANSWER = Duration.ofSeconds(10);
    /** The first bytes of a TLS alert: the type of the message, and the major version. */
    private static final int TLS_ALERT = 0x1503;
    /** The number of the request ApiVersions in Kafka's protocol. */
    private static final short API_VERSIONS = 18;
    /** A host or an IPv6 address, and the port, after the name of a listener, if there is one. */
    private static final Pattern ADDRESS = Pattern.compile("(?:[^/]*://)?\\[?([^\\[\\]/]+?)\\]?:(\\d{1,5})");

    private final Map<String, Long> nextCheckNanos = new ConcurrentHashMap<>();

    private TlsPortCheck() {}

    private enum Answer {
        TLS,
        WITHOUT_TLS,
        NONE
    }

    /**
     * Returns after at most a few seconds.
     *
     * @throws KafkaException if the client has no TLS, and a broker's port has
     */
    void check(ClientSettings settings) {
        String brokers = settings.brokers();
        Long next = nextCheckNanos.get(brokers);
        if (settings.securityProtocol().endsWith("SSL") || (next != null && next - System.nanoTime() > 0)) {
            return;
        }
        Duration memory = MEMORY_WITHOUT_ANSWER;
        long end = System.nanoTime() + LONGEST.toNanos();
        for (String address : brokers.split(",", -1)) {
            Answer answer = System.nanoTime() < end ? ask(address.trim(), settings.clientId()) : Answer.NONE;
            if (answer == Answer.TLS) {
                throw new KafkaException("%s speaks TLS, and this client has security.protocol = %s: set %s"
                        .formatted(address, settings.securityProtocol(), remedy(settings)));
            }
            if (answer == Answer.WITHOUT_TLS) {
                memory = MEMORY;
            }
        }
        nextCheckNanos.put(brokers, System.nanoTime() + memory.toNanos());
    }

    private static String remedy(ClientSettings settings) {
        return settings.securityProtocol().startsWith("SASL")
                ? "kafka.client.security.protocol = SASL_SSL"
                : "kafka.client.security.protocol = SSL, or SASL_SSL if clients must log in";
    }

    private static Answer ask(String address, String clientId) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return Answer.NONE;
        }
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))), TIMEOUT_MILLIS);
            socket.getOutputStream().write(versionsRequest(clientId));
            int begin = new DataInputStream(socket.getInputStream()).readUnsignedShort();
            return begin == TLS_ALERT ? Answer.TLS : Answer.WITHOUT_TLS;
        } catch (IOException | IllegalArgumentException unreachable) {
            // Kafka's client reports it.
            return Answer.NONE;
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
