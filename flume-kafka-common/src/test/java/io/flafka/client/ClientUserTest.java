// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As whom a client logs in, read from its properties. */
class ClientUserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x.ScramLoginModule required username="app" password="secret";          | user 'app'
            x.PlainLoginModule required password='a username=b' username=instance#user; | user 'instance#user'
            x.PlainLoginModule required password="username=no" username="yes";     | user 'yes'
            com.sun.Krb5LoginModule required useKeyTab=true principal="a/h@R";     | user 'a/h@R'
            x.OAuthBearerLoginModule required clientId="id" clientSecret="secret"; | user 'id'
            x.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="me";  | user 'me'
            x.OwnLoginModule required token="secret";                              | the user of kafka.client.sasl.jaas.config
            """)
    void readsTheUserFromTheLoginModulesOptionsAndNeverThePassword(String jaas, String user) {
        assertThat(user(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "M", "sasl.jaas.config", jaas)))
                .isEqualTo(user + " (SASL_SSL, M)")
                .doesNotContain("secret");
    }

    @Test
    void aUserCannotForgeALineOfTheLog() {
        assertThat(user(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "x required username=\"a\nb\";")))
                .isEqualTo("user 'a\\u000ab' (SASL_SSL, GSSAPI)");
    }

    @Test
    void theDefaultMechanismIsKafkas() {
        assertThat(user(Map.of("security.protocol", "sasl_plaintext")))
                .isEqualTo("the user of the JAAS file (java.security.auth.login.config) (SASL_PLAINTEXT, GSSAPI)");
    }

    @Test
    void aClientIdOfItsOwnPropertyIsTheUser() {
        assertThat(user(Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "OAUTHBEARER",
                        "sasl.oauthbearer.client.credentials.client.id",
                        "flume",
                        "sasl.oauthbearer.client.credentials.client.secret",
                        "secret")))
                .isEqualTo("user 'flume' (SASL_SSL, OAUTHBEARER)");
    }

    @Test
    void withoutALoginTheCertificateIsTheUser() {
        assertThat(user(Map.of("security.protocol", "SSL", "ssl.keystore.location", "/k.p12")))
                .isEqualTo("the client certificate in /k.p12 (SSL)");
        assertThat(user(Map.of("security.protocol", "SSL", "ssl.keystore.certificate.chain", "-----BEGIN")))
                .isEqualTo("the client certificate of kafka.client.ssl.keystore.certificate.chain (SSL)");
        assertThat(user(Map.of())).isEqualTo("user 'ANONYMOUS', which does not log in (PLAINTEXT)");
    }

    private static String user(Map<String, Object> properties) {
        return ClientUser.of(new ClientSettings(properties));
    }
}
