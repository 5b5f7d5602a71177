// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The main class of a forked KDC: {@code java -cp <this module>:<runtimes/kerby-2.1.1/target/classpath>
 * io.flafka.testing.security.KdcMain <directory> <port> [principal]...}. It writes the principals' keys into one keytab
 * each, then prints {@code READY}. It stops on SIGTERM or at the end of its standard input.
 *
 * <p>Kerby is called by reflection, because it is not on this module's class path.
 */
public final class KdcMain {

    private static final String SERVER = "org.apache.kerby.kerberos.kerb.server.SimpleKdcServer";

    private KdcMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("Usage: KdcMain <directory> <port> [principal]...");
        }
        Path directory = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int port = Integer.parseInt(arguments[1]);
        start(directory, port, List.of(arguments).subList(2, arguments.length));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.append("READY").append(System.lineSeparator());
        out.flush();
        System.in.transferTo(OutputStream.nullOutputStream());
        // The data is deleted, so an orderly shutdown would gain nothing.
        Runtime.getRuntime().halt(0);
    }

    private static void start(Path directory, int port, List<String> principals) throws ReflectiveOperationException {
        Class<?> type = Class.forName(SERVER);
        Object server = type.getConstructor().newInstance();
        type.getMethod("setWorkDir", File.class).invoke(server, directory.toFile());
        type.getMethod("setKdcHost", String.class).invoke(server, "127.0.0.1");
        type.getMethod("setKdcRealm", String.class).invoke(server, Kdc.REALM);
        type.getMethod("setAllowUdp", boolean.class).invoke(server, false);
        type.getMethod("setKdcTcpPort", int.class).invoke(server, port);
        type.getMethod("init").invoke(server);
        for (String principal : principals) {
            type.getMethod("createPrincipal", String.class).invoke(server, principal);
            type.getMethod("exportPrincipal", String.class, File.class)
                    .invoke(server, principal, Kdc.keytab(directory, principal).toFile());
        }
        type.getMethod("start").invoke(server);
    }
}
