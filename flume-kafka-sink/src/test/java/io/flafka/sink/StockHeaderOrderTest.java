// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.ContextParameters;
import io.flafka.testing.RuntimeClassPath;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flume.Context;
import org.junit.jupiter.api.Test;

/** Record headers have the same order as those of stock's sink, so that a reader of the first or last repeated header gets the same value. */
class StockHeaderOrderTest {

    private static final int FILES = 50;
    private static final int MAX_RULES = 40;
    private static final long SEED = new Random().nextLong();

    @Test
    void writesHeadersInOrderOfStockSink() throws IOException, ReflectiveOperationException {
        Random random = new Random(SEED);
        try (URLClassLoader stock = stock()) {
            for (int file = 0; file < FILES; file++) {
                Map<String, String> parameters = parameters(random);

                assertThat(ours(parameters)).as("seed %d", SEED).isEqualTo(ofStock(stock, parameters));
            }
        }
    }

    private static Map<String, String> parameters(Random random) {
        Map<String, String> parameters = new HashMap<>(Map.of("kafka.bootstrap.servers", "a:1", "kafka.topic", "t"));
        int rules = random.nextInt(MAX_RULES);
        for (int i = 0; i < rules; i++) {
            // Names with equal hash codes share a bucket of the map, where the order of Flume's context counts.
            String name = i % 3 == 0 ? nameWithSameHash(random) : "h" + random.nextInt(1000);
            parameters.put("header." + name, "x" + i);
        }
        return parameters;
    }

    private static String nameWithSameHash(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            name.append(random.nextBoolean() ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static List<String> ours(Map<String, String> parameters) {
        return rules(SinkSettings.from("k1", ContextParameters.of(new Context(parameters)))
                .mappedHeaders()
                .kafkaHeaderByFlumeHeader());
    }

    /** Reads the map of stock's sink, which writes the record headers in its order. */
    private static List<String> ofStock(ClassLoader stock, Map<String, String> parameters)
            throws ReflectiveOperationException {
        Class<?> contextType = stock.loadClass("org.apache.flume.Context");
        Class<?> sinkType = stock.loadClass("org.apache.flume.sink.kafka.KafkaSink");
        Object sink = sinkType.getConstructor().newInstance();
        sinkType.getMethod("setName", String.class).invoke(sink, "k1");
        Object context = contextType.getConstructor(Map.class).newInstance(parameters);
        sinkType.getMethod("configure", contextType).invoke(sink, context);
        Field headers = sinkType.getDeclaredField("headerMap");
        headers.setAccessible(true);
        return rules((Map<?, ?>) headers.get(sink));
    }

    private static List<String> rules(Map<?, ?> kafkaHeaderByFlumeHeader) {
        return kafkaHeaderByFlumeHeader.entrySet().stream()
                .map(Object::toString)
                .toList();
    }

    private static URLClassLoader stock() throws MalformedURLException {
        List<URL> jars = new ArrayList<>();
        for (String runtime : List.of("flume-1.11.0-stock-kafka", "flume-1.11.0")) {
            for (Path jar : RuntimeClassPath.named(runtime).entries()) {
                jars.add(jar.toUri().toURL());
            }
        }
        return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
