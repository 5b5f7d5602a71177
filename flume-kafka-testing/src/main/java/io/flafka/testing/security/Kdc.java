// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import io.flafka.testing.ForkedJava;
import io.flafka.testing.FreePort;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.TestProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Kerberos server (Apache Kerby) on loopback in a forked JVM, with one principal for the broker and others for
 * clients. {@link #close} deletes its data. For one thread.
 */
public final class Kdc implements AutoCloseable {

    static final String REALM = "FLAFKA.TEST";
    /** The value of {@code sasl.kerberos.service.name}. */
    public static final String SERVICE = "kafka";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final TestDirectory directory;
    private final TestProcess process;

    private Kdc(TestDirectory directory, TestProcess process) {
        this.directory = directory;
        this.process = process;
    }

    /**
     * Starts it and waits until it serves clients.
     *
     * @param users the names of the clients, without the realm
     * @throws AssertionError with the end of its log, if it does not start
     */
    public static Kdc start(String... users) {
        TestDirectory directory = TestDirectory.create("kdc");
        int port = FreePort.find();
        List<String> arguments =
                new ArrayList<>(List.of(directory.path().toString(), Integer.toString(port), servicePrincipal()));
        arguments.addAll(List.of(users));
        List<String> command = new ForkedJava("kerby-2.1.1", KdcMain.class)
                .commandLine(directory.path(), List.of(), arguments.toArray(String[]::new));
        TestProcess process =
                TestProcess.start("KDC", command, Map.of(), directory.path().resolve("kdc.log"));
        Kdc kdc = new Kdc(directory, process);
        try {
            Files.writeString(kdc.configuration(), configuration(port));
            process.awaitLog("^READY$", START_TIMEOUT);
            return kdc;
        } catch (IOException e) {
            kdc.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            kdc.close();
            throw e;
        }
    }

    /** Returns the file for the system property {@code java.security.krb5.conf}. */
    public Path configuration() {
        return directory.path().resolve("client-krb5.conf");
    }

    /** Returns the value of a client's {@code sasl.jaas.config}. */
    public String jaasConfig(String user) {
        return jaas(user, "");
    }

    String brokerJaasConfig() {
        return jaas(servicePrincipal(), "isInitiator=false ");
    }

    private String jaas(String principal, String options) {
        return ("com.sun.security.auth.module.Krb5LoginModule required %suseKeyTab=true storeKey=true keyTab=\"%s\""
                        + " principal=\"%s@%s\";")
                .formatted(options, keytab(directory.path(), principal), principal, REALM);
    }

    static Path keytab(Path directory, String principal) {
        return directory.resolve(principal.replace('/', '-') + ".keytab");
    }

    /** Clients look up the broker's name by its address. */
    private static String servicePrincipal() {
        try {
            return SERVICE + "/"
                    + InetAddress.getByAddress(new byte[] {127, 0, 0, 1}).getHostName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(int port) {
        return """
                [libdefaults]
                default_realm = @realm@
                udp_preference_limit = 1
                dns_lookup_kdc = false
                dns_lookup_realm = false
                dns_canonicalize_hostname = false
                rdns = false
                [realms]
                @realm@ = {
                  kdc = 127.0.0.1:@port@
                }
                """.replace("@realm@", REALM).replace("@port@", Integer.toString(port));
    }

    @Override
    public void close() {
        process.close();
        directory.close();
    }
}
