// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fakes a ZooKeeper with texts by path. Counts the readers that are not closed. */
final class FakeZooKeeper implements ZooKeeperReader.Factory {

    private final Map<String, String> texts = new TreeMap<>();
    private boolean down;
    private int connections;
    private int openReaders;

    FakeZooKeeper with(String path, String text) {
        texts.put(path, text);
        return this;
    }

    void goDown() {
        down = true;
    }

    void comeBack() {
        down = false;
    }

    /** Returns how often a reader has connected. */
    int connections() {
        return connections;
    }

    /** Returns how many readers are not closed. */
    int openReaders() {
        return openReaders;
    }

    @Override
    public ZooKeeperReader open(String address) throws ZooKeeperException {
        if (down) {
            throw new ZooKeeperException("ZooKeeper " + address + " does not answer within 10 s");
        }
        connections++;
        openReaders++;
        return new ZooKeeperReader() {
            @Override
            public List<String> children(String path) {
                return texts.keySet().stream()
                        .filter(child -> child.startsWith(path + "/"))
                        .map(child -> child.substring(path.length() + 1))
                        .toList();
            }

            @Override
            public Optional<String> text(String path) {
                return Optional.ofNullable(texts.get(path));
            }

            @Override
            public void close() {
                openReaders--;
            }
        };
    }
}
