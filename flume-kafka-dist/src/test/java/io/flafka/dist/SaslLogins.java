// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.security.Kdc;
import io.flafka.testing.security.SecuredBroker;
import io.flafka.testing.security.SecuredListener;
import java.util.List;
import org.apache.kafka.clients.admin.ScramMechanism;

/** Logins by SASL. For one thread. */
final class SaslLogins {

    /** The environment variable from which Flume's filter takes a password. */
    static final String VARIABLE = "FLAFKA_TEST_PASSWORD";

    private static final String MODULES = "org.apache.kafka.common.security.";
    private static final String OAUTH_MODULE = MODULES + "oauthbearer.OAuthBearerLoginModule required";

    private final SecuredServers servers;
    private final SecuredBroker broker;
    private final TlsLogins tls;
    private final String passwordInEnvironment;

    SaslLogins(SecuredServers servers, TlsLogins tls) {
        this.servers = servers;
        this.broker = servers.broker();
        this.tls = tls;
        this.passwordInEnvironment = servers.secrets().newPassword("password in the environment");
    }

    /** Returns a flow for each way to log in, with the same user for the three components. */
    List<SecuredFlow> flows() {
        return List.of(
                SecuredFlow.of("plain", "PLAIN", plain()),
                SecuredFlow.of("jaas-file", "PLAIN, user in a JAAS file", jaasFile()),
                SecuredFlow.of(
                        "scram-256", "SCRAM-SHA-256, password from Flume's filter", scramWithPasswordInEnvironment()),
                SecuredFlow.of("scram-512", "SCRAM-SHA-512", scram(ScramMechanism.SCRAM_SHA_512, "scram-512")),
                SecuredFlow.of("oauth", "OAUTHBEARER, client credentials", oauth()),
                SecuredFlow.of("oauth-unsecured", "OAUTHBEARER, unsecured (tests only)", unsecuredOauth()),
                SecuredFlow.of("kerberos", "GSSAPI (Kerberos)", kerberos()));
    }

    /** Returns the value of {@link #VARIABLE}. */
    String passwordInEnvironment() {
        return passwordInEnvironment;
    }

    /** Returns the text of a JAAS file. */
    String jaasFileText() {
        return "KafkaClient {\n  " + plainModule(SecuredServers.JAAS_FILE_USER) + "\n};\n";
    }

    /** Returns the login of a new user. */
    Login scram(ScramMechanism mechanism, String user) {
        String password = servers.secrets().newPassword("password of " + user);
        return scram(mechanism, user, password, password);
    }

    private Login scramWithPasswordInEnvironment() {
        return scram(ScramMechanism.SCRAM_SHA_256, "scram-256", passwordInEnvironment, "${env['" + VARIABLE + "']}");
    }

    private Login scram(ScramMechanism mechanism, String user, String password, String shown) {
        broker.addScramUser(mechanism, user, password);
        return overTls("User:" + user)
                .with("sasl.mechanism", mechanism.mechanismName())
                .with("sasl.jaas.config", MODULES + "scram.ScramLoginModule required" + options(user, shown));
    }

    private Login plain() {
        return overTls("User:" + SecuredServers.PLAIN_USER)
                .with("sasl.mechanism", "PLAIN")
                .with("sasl.jaas.config", plainModule(SecuredServers.PLAIN_USER));
    }

    /** Without {@code sasl.jaas.config} Kafka takes the user from the JVM's JAAS file. */
    private Login jaasFile() {
        return Login.at(broker, SecuredListener.LOGIN, "User:" + SecuredServers.JAAS_FILE_USER)
                .with("sasl.mechanism", "PLAIN");
    }

    private Login oauth() {
        return overTls("User:" + SecuredServers.OAUTH_CLIENT)
                .with("sasl.mechanism", "OAUTHBEARER")
                .with("sasl.jaas.config", OAUTH_MODULE + ";")
                .with("sasl.login.callback.handler.class", MODULES + "oauthbearer.OAuthBearerLoginCallbackHandler")
                .with("sasl.oauthbearer.token.endpoint.url", servers.tokens().tokenUrl())
                .with("sasl.oauthbearer.client.credentials.client.id", SecuredServers.OAUTH_CLIENT)
                .with(
                        "sasl.oauthbearer.client.credentials.client.secret",
                        servers.password(SecuredServers.OAUTH_CLIENT));
    }

    private Login unsecuredOauth() {
        return Login.at(broker, SecuredListener.LOGIN, "User:unsecured")
                .with("sasl.mechanism", "OAUTHBEARER")
                .with("sasl.jaas.config", OAUTH_MODULE + " unsecuredLoginStringClaim_sub=\"unsecured\";");
    }

    private Login kerberos() {
        return Login.at(broker, SecuredListener.KERBEROS, "User:" + SecuredServers.KERBEROS_USER)
                .with("sasl.mechanism", "GSSAPI")
                .with("sasl.kerberos.service.name", Kdc.SERVICE)
                .with("sasl.jaas.config", servers.kdc().jaasConfig(SecuredServers.KERBEROS_USER));
    }

    private Login overTls(String principal) {
        return tls.trusting(Login.at(broker, SecuredListener.LOGIN_TLS, principal));
    }

    private String plainModule(String user) {
        return MODULES + "plain.PlainLoginModule required" + options(user, servers.password(user));
    }

    private static String options(String user, String password) {
        return " username=\"%s\" password=\"%s\";".formatted(user, password);
    }
}
