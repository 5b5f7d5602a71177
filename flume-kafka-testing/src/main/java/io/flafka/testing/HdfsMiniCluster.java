// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real HDFS on loopback: one NameNode and one DataNode in a forked JVM. {@link #close} deletes its data. For one
 * thread.
 */
public final class HdfsMiniCluster implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern READY = Pattern.compile("^READY (\\d+) (\\d+)$", Pattern.MULTILINE);

    private final TestDirectory directory;
    private final TestProcess process;
    private final int port;
    private final WebHdfs web;

    private HdfsMiniCluster(TestDirectory directory, TestProcess process) {
        this.directory = directory;
        this.process = process;
        Matcher ready = READY.matcher(process.log());
        if (!ready.find()) {
            throw process.failure("has no READY line");
        }
        this.port = Integer.parseInt(ready.group(1));
        this.web = new WebHdfs(Integer.parseInt(ready.group(2)));
    }

    /**
     * Starts a cluster and waits until it serves clients.
     *
     * @throws AssertionError with the end of its log, if it does not start
     */
    public static HdfsMiniCluster start() {
        TestDirectory directory = TestDirectory.create("hdfs");
        List<String> command = new ForkedJava("hadoop-hdfs", HdfsMain.class)
                .commandLine(
                        directory.path(),
                        List.of(),
                        directory.path().resolve("data").toString());
        TestProcess process =
                TestProcess.start("HDFS", command, Map.of(), directory.path().resolve("hdfs.log"));
        try {
            process.awaitLog(READY.pattern(), START_TIMEOUT);
            return new HdfsMiniCluster(directory, process);
        } catch (RuntimeException | Error e) {
            process.close();
            directory.close();
            throw e;
        }
    }

    /** Returns the start of {@code hdfs.path}, without a slash at the end. */
    public String uri() {
        return "hdfs://127.0.0.1:" + port;
    }

    /** Returns the content of all files below a directory, by path. Empty if the directory does not exist. */
    public SortedMap<String, String> files(String path) {
        SortedMap<String, String> files = new TreeMap<>();
        for (WebHdfs.Entry entry : web.list(path)) {
            String child = path + "/" + entry.name();
            if (entry.isDirectory()) {
                files.putAll(files(child));
            } else {
                files.put(child, web.read(child));
            }
        }
        return files;
    }

    /** Returns the lines of all files below a directory, in the order of the files' paths. */
    public List<String> lines(String path) {
        return files(path).values().stream().flatMap(String::lines).collect(Collectors.toList());
    }

    @Override
    public void close() {
        process.close();
        directory.close();
    }
}
