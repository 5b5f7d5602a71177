// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * A number that the driver writes and the worker reads, in a file that both map. So the driver can count at the output
 * for a worker whose class path has no Kafka client. Thread-safe.
 */
public final class SharedCount {
    private static final VarHandle NUMBER =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;

    private SharedCount(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Maps a file. A new file contains 0. */
    public static SharedCount in(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            return new SharedCount(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
        }
    }

    /** Writes the number. */
    public void set(long number) {
        NUMBER.setVolatile(memory, 0, number);
    }

    /** Reads the number. */
    public long get() {
        return (long) NUMBER.getVolatile(memory, 0);
    }
}
