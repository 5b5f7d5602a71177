// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Generates bodies. */
class LogLinesTest {

    @Test
    void haveTheRequestedSize() {
        assertThat(new LogLines().next(100)).hasSize(100);
        assertThat(new LogLines().next(1024)).hasSize(1024);
    }

    @Test
    void areAlwaysTheSame() {
        assertThat(new LogLines().next(1024)).isEqualTo(new LogLines().next(1024));
    }

    @Test
    void areAsCompressibleAsLogs() {
        LogLines lines = new LogLines();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            text.writeBytes(lines.next(1024));
        }
        Deflater deflater = new Deflater();
        deflater.setInput(text.toByteArray());
        deflater.finish();
        double factor = (double) text.size() / deflater.deflate(new byte[text.size()]);
        deflater.end();

        assertThat(factor).isBetween(2.0, 6.0);
    }
}
