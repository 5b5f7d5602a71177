// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

/** The names that driver and worker agree on. */
public final class Keys {
    /** One of {@link LoadKind}. */
    public static final String LOAD = "load";
    /** Events of a batch or a transaction. */
    public static final String BATCH = "batch";
    /** Bytes of a body. */
    public static final String BODY = "body";
    /** Threads that put or take. */
    public static final String THREADS = "threads";
    /** How long the component runs before the window. */
    public static final String WARM_UP = "warm-up";
    /** How long is measured. */
    public static final String WINDOW = "window";
    /** Events after which there are no more; the window ends before. */
    public static final String AVAILABLE = "available";
    /** The broker's process. */
    public static final String BROKER = "broker";
    /** The driver's process. */
    public static final String DRIVER = "driver";
    /** Follows a component's word: its class. */
    public static final String TYPE = ".class";
    /** Follows a component's word: the beginning of its settings. */
    public static final String SETTINGS = ".set.";
    /** Before the result, a flat JSON object, on the worker's standard output. */
    public static final String RESULT = "RESULT ";

    private Keys() {}
}
