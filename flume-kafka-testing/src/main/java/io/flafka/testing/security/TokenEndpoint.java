// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An OAuth server on loopback: its clients get an access token (a JWT, RS256) for their id and secret (the grant
 * {@code client_credentials}), and a broker gets the public key (JWKS). For any thread.
 */
public final class TokenEndpoint implements AutoCloseable {

    /** The value of the broker's {@code sasl.oauthbearer.expected.audience}. */
    static final String AUDIENCE = "kafka";

    private static final String KEY_ID = "test";
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final int KEY_BITS = 2048;

    private final HttpServer server;
    private final KeyPair keys;
    private final Map<String, String> secrets;
    private final List<String> issued = new CopyOnWriteArrayList<>();

    private TokenEndpoint(HttpServer server, KeyPair keys, Map<String, String> secrets) {
        this.server = server;
        this.keys = keys;
        this.secrets = Map.copyOf(secrets);
    }

    /** Starts it on a free port. The secrets are by client id. */
    public static TokenEndpoint start(Map<String, String> secrets) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TokenEndpoint endpoint = new TokenEndpoint(server, generator.generateKeyPair(), secrets);
            server.createContext("/token", endpoint::token);
            server.createContext("/jwks", endpoint::jwks);
            server.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the value of a client's {@code sasl.oauthbearer.token.endpoint.url}. */
    public String tokenUrl() {
        return issuer() + "/token";
    }

    /** Returns the value of a broker's {@code sasl.oauthbearer.jwks.endpoint.url}. */
    String jwksUrl() {
        return issuer() + "/jwks";
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the access tokens that clients have got so far. */
    public List<String> issued() {
        return List.copyOf(issued);
    }

    /** Returns the HTTP credentials that a client sends. */
    private static String basicCredentials(String id, String secret) {
        return Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8));
    }

    private void token(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        for (Map.Entry<String, String> client : secrets.entrySet()) {
            if (("Basic " + basicCredentials(client.getKey(), client.getValue())).equals(authorization)) {
                String token = sign(client.getKey());
                issued.add(token);
                answer(exchange, 200, """
                        {"access_token":"%s","token_type":"Bearer","expires_in":%d}""".formatted(token, LIFETIME.toSeconds()));
                return;
            }
        }
        answer(exchange, 401, """
                {"error":"invalid_client"}""");
    }

    private String sign(String subject) {
        long now = Instant.now().getEpochSecond();
        String header = """
                {"alg":"RS256","typ":"JWT","kid":"%s"}""".formatted(KEY_ID);
        String claims = """
                {"iss":"%s","aud":"%s","sub":"%s","scope":"kafka","iat":%d,"exp":%d}""".formatted(issuer(), AUDIENCE, subject, now, now + LIFETIME.toSeconds());
        String signed = encode(header.getBytes(UTF_8)) + "." + encode(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void jwks(HttpExchange exchange) throws IOException {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        answer(exchange, 200, """
                {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"%s","n":"%s","e":"%s"}]}""".formatted(KEY_ID, encode(key.getModulus()), encode(key.getPublicExponent())));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String encode(BigInteger number) {
        byte[] bytes = number.toByteArray();
        // A leading zero byte is only the sign.
        boolean signed = bytes.length > 1 && bytes[0] == 0;
        return encode(signed ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
