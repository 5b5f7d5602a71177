// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The secrets of a test, by a name that may be shown, and the search for them in what a program has shown. For one
 * thread.
 */
public final class Secrets {

    /** Shorter texts would be found by chance. */
    private static final int SHORTEST = 12;

    private final Map<String, List<String>> spellings = new LinkedHashMap<>();

    /** Makes up a password. */
    public String newPassword(String name) {
        String password = "pw-" + UUID.randomUUID();
        add(name, password);
        return password;
    }

    /** Adds a secret. Its Base64 form counts too. */
    public void add(String name, String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("Too short to search for: " + name);
        }
        addSpellings(name, List.of(secret, Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8))));
    }

    /** Adds the id and the secret of an OAuth client, as HTTP sends them. */
    public void addClientSecret(String name, String id, String secret) {
        add(name, secret);
        addSpellings(name + " with its id", List.of(TokenEndpoint.basicCredentials(id, secret)));
    }

    /** Adds a PEM text. Each of its full lines counts, because a program may change how it is broken into lines. */
    public void addPem(String name, String pem) {
        addSpellings(
                name,
                pem.lines()
                        .filter(line -> !line.startsWith("-----") && line.length() >= SHORTEST)
                        .toList());
    }

    /** Adds a signed token: its signature counts. The two parts before it may be shown. */
    public void addToken(String name, String token) {
        add(name, token.substring(token.lastIndexOf('.') + 1));
    }

    /** Returns the names of the secrets that a text contains, each with a few of the characters before it. */
    public List<String> findIn(String text) {
        List<String> found = new ArrayList<>();
        spellings.forEach((name, all) -> all.stream()
                .mapToInt(text::indexOf)
                .filter(index -> index >= 0)
                .min()
                .ifPresent(index -> found.add(name + " after \"" + before(text, index) + "\"")));
        return found;
    }

    /** Returns how many secrets there are. */
    public int count() {
        return spellings.size();
    }

    private void addSpellings(String name, List<String> forms) {
        if (forms.isEmpty() || spellings.putIfAbsent(name, forms) != null) {
            throw new IllegalArgumentException("Empty, or added twice: " + name);
        }
    }

    private static String before(String text, int index) {
        int context = 200;
        return text.substring(Math.max(0, index - context), index);
    }
}
