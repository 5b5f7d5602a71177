// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The servers of {@code examples/secured/run.sh}: {@code java -cp <this module and its runtime class path>
 * io.flafka.testing.security.SecuredBrokerMain <directory> scram|mutual-tls|oauthbearer}. The working directory must be
 * in the checkout.
 *
 * <p>It starts {@link ExampleServers}, writes the certificates and the agent's {@code flume-env.sh} into the directory,
 * and prints {@code READY <bootstrap servers>}. It stops on SIGTERM or at the end of its standard input.
 */
public final class SecuredBrokerMain {

    private SecuredBrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("Usage: SecuredBrokerMain <directory> scram|mutual-tls|oauthbearer");
        }
        Path directory = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        ExampleLogin login = ExampleLogin.inFolder(arguments[1]);
        ExampleServers servers = ExampleServers.startIn(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "stop-servers"));
        Files.writeString(directory.resolve("flume-env.sh"), servers.flumeEnv(login));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.append("READY ").append(servers.bootstrapServers(login)).append(System.lineSeparator());
        out.flush();
        // Standard input carries no commands; only its end matters.
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
