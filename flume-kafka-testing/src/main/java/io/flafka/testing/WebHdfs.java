// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads HDFS over HTTP, so that the test's class path needs no Hadoop.
 *
 * @param port the NameNode's HTTP port
 */
record WebHdfs(int port) {
    // A listing is a list of flat objects, so patterns are enough.
    private static final Pattern STATUS = Pattern.compile("\\{[^{}]*}");
    private static final Pattern NAME = Pattern.compile("\"pathSuffix\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern DIRECTORY = Pattern.compile("\"type\"\\s*:\\s*\"DIRECTORY\"");
    private static final int TIMEOUT_MILLIS = 20_000;

    /** One entry of a directory listing. */
    record Entry(String name, boolean isDirectory) {}

    /** Lists a directory. Empty if it does not exist. */
    List<Entry> list(String path) {
        List<Entry> entries = new ArrayList<>();
        Matcher status = STATUS.matcher(get(path, "op=LISTSTATUS").orElse(""));
        while (status.find()) {
            Matcher name = NAME.matcher(status.group());
            if (name.find()) {
                entries.add(new Entry(
                        name.group(1), DIRECTORY.matcher(status.group()).find()));
            }
        }
        return entries;
    }

    /** Returns a file's content, as far as it is readable now. */
    String read(String path) {
        return get(path, "op=OPEN").orElse("");
    }

    private Optional<String> get(String path, String query) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/webhdfs/v1" + encoded(path) + "?" + query)
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            if (connection.getResponseCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            try (InputStream in = connection.getInputStream()) {
                return Optional.of(new String(in.readAllBytes(), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path + " of HDFS", e);
        }
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, UTF_8).replace("%2F", "/").replace("+", "%20");
    }
}
