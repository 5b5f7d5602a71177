// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

/** The names in a job's file, shared by driver and worker. */
public final class Keys {
    /** A {@link LoadKind}. */
    public static final String LOAD = "load";
    /** The number of events per batch or transaction. */
    public static final String BATCH = "batch";
    /** The size of a body in bytes. */
    public static final String BODY = "body";
    /** The number of threads that put or take, of sinks, or of pipelines. */
    public static final String THREADS = "threads";
    /** Whether each event has a key. */
    public static final String KEYED = "keyed";
    /** Replaced in the settings of a component by its name. */
    public static final String NAME = "${name}";
    /** The number of events that must be delivered before the warm-up. */
    public static final String FIRST_EVENTS = "first-events";
    /** How long the component runs before the window. */
    public static final String WARM_UP = "warm-up";
    /** How long the window is. */
    public static final String WINDOW = "window";
    /** The number of events that can be read. The window ends before the last one. */
    public static final String AVAILABLE = "available";
    /** The file of the {@link SharedCount} of records that can be read at the output. */
    public static final String READABLE = "readable";
    /** The process id of the broker. */
    public static final String BROKER = "broker";
    /** The process id of the driver. */
    public static final String DRIVER = "driver";
    /** Follows a component's name: its class. */
    public static final String TYPE = ".class";
    /** Follows a component's name: the prefix of its settings. */
    public static final String SETTINGS = ".set.";
    /** Precedes the result, a flat JSON object, on the worker's standard output. */
    public static final String RESULT = "RESULT ";

    private Keys() {}
}
