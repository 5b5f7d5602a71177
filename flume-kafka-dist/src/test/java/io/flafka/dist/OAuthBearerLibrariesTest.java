// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.oauthbearer.BrokerJwtValidator;
import org.apache.kafka.common.security.oauthbearer.ClientJwtValidator;
import org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.JwtValidatorException;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka's OAUTHBEARER works with the jose4j and the Jackson of the zip, which are newer than those that Kafka is released
 * with.
 */
class OAuthBearerLibrariesTest {
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String MECHANISM = "OAUTHBEARER";

    @TempDir
    private Path directory;

    @AfterEach
    void forgetAllowedUrls() {
        System.clearProperty(ALLOWED_URLS);
    }

    @Test
    void clientGetsATokenFromAServerAndReadsIt() throws Exception {
        String token = signedBy(newKey());

        String retrieved = retrieveFrom("{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\"}");

        ClientJwtValidator validator = new ClientJwtValidator();
        validator.configure(settings(Map.of()), MECHANISM, List.of());
        assertThat(retrieved).isEqualTo(token);
        assertThat(validator.validate(retrieved).principalName()).isEqualTo("flume-agent");
    }

    @Test
    void brokerChecksTheSignature() throws Exception {
        RsaJsonWebKey key = newKey();
        Path keys = Files.writeString(directory.resolve("keys.json"), new JsonWebKeySet(key).toJson());
        String url = keys.toUri().toString();
        System.setProperty(ALLOWED_URLS, url);
        BrokerJwtValidator validator = new BrokerJwtValidator();
        validator.configure(
                settings(Map.of(
                        SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_URL,
                        url,
                        SaslConfigs.SASL_OAUTHBEARER_EXPECTED_AUDIENCE,
                        "kafka",
                        SaslConfigs.SASL_OAUTHBEARER_EXPECTED_ISSUER,
                        "tests")),
                MECHANISM,
                List.of(login()));

        assertThat(validator.validate(signedBy(key)).principalName()).isEqualTo("flume-agent");
        String forged = signedBy(newKey());
        assertThatThrownBy(() -> validator.validate(forged)).isInstanceOf(JwtValidatorException.class);
        validator.close();
    }

    /** Returns the token that Kafka's client reads from a token server's answer. */
    private static String retrieveFrom(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = answer.getBytes(UTF_8);
        server.createContext("/token", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (DefaultJwtRetriever retriever = new DefaultJwtRetriever()) {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
            System.setProperty(ALLOWED_URLS, url);
            retriever.configure(
                    settings(Map.of(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, url)),
                    MECHANISM,
                    List.of(login()));
            return retriever.retrieve();
        } finally {
            server.stop(0);
        }
    }

    private static Map<String, Object> settings(Map<String, String> changed) {
        return new ConfigDef().withClientSaslSupport().parse(changed);
    }

    private static AppConfigurationEntry login() {
        return new AppConfigurationEntry(
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule",
                LoginModuleControlFlag.REQUIRED,
                Map.of("clientId", "flume", "clientSecret", "correct horse"));
    }

    private static RsaJsonWebKey newKey() throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("key");
        return key;
    }

    private static String signedBy(RsaJsonWebKey key) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("flume-agent");
        claims.setAudience("kafka");
        claims.setIssuer("tests");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature.getCompactSerialization();
    }
}
