// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

/** What Kafka accepts as the name of a topic. Names also come from senders, so a check takes no longer than such a name can be. */
public final class TopicName {

    /** The rule, for messages. */
    public static final String RULE = "up to 249 characters: a-z, A-Z, 0-9, '.', '_' and '-'";

    private static final int MAX_LENGTH = 249;

    private TopicName() {}

    /** Returns whether Kafka accepts this name. */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH || name.equals(".") || name.equals("..")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isValid(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isValid(char character) {
        return isBetween('a', character, 'z')
                || isBetween('A', character, 'Z')
                || isBetween('0', character, '9')
                || character == '.'
                || character == '_'
                || character == '-';
    }

    private static boolean isBetween(char first, char character, char last) {
        return first <= character && character <= last;
    }
}
