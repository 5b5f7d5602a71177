// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /** Base64 writes three bytes at a time as four characters of six bits. */
    private static final int BASE64_BYTES = 3;

    private static final int BASE64_BITS = 6;
    /** How much of a file is searched at a time, and how much of it is longer than any secret. */
    private static final int PART = 1 << 20;

    private static final int OVERLAP = 4096;
    /** How many characters before a secret are shown. */
    private static final int CONTEXT = 200;

    private final Map<String, List<String>> spellings = new LinkedHashMap<>();

    /** Makes up a password. */
    public String newPassword(String name) {
        String password = "pw-" + UUID.randomUUID();
        add(name, password);
        return password;
    }

    /** Adds a secret. Its Base64 forms count too, also as a part of a longer text. */
    public void add(String name, String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("Too short to search for: " + name);
        }
        List<String> forms = new ArrayList<>(List.of(secret));
        for (int before = 0; before < BASE64_BYTES; before++) {
            forms.add(base64(before, secret.getBytes(UTF_8)));
        }
        addSpellings(name, forms);
    }

    /** Returns the characters that depend only on the secret, if this number of other bytes is before it. */
    private static String base64(int before, byte[] secret) {
        byte[] all = new byte[before + secret.length];
        System.arraycopy(secret, 0, all, before, secret.length);
        int first = (before * Byte.SIZE + BASE64_BITS - 1) / BASE64_BITS;
        int end = all.length * Byte.SIZE / BASE64_BITS;
        return Base64.getEncoder().withoutPadding().encodeToString(all).substring(first, end);
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
        return List.copyOf(search(text).values());
    }

    /** Same as {@link #findIn(String)}, for a file that may be larger than the memory. */
    public List<String> findIn(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file, ISO_8859_1)) {
            Map<String, String> found = new LinkedHashMap<>();
            // The end of each part is searched again with the next one, because a secret may begin there.
            String part = "";
            char[] next = new char[PART];
            for (int read = reader.read(next); read >= 0; read = reader.read(next)) {
                part = part.substring(Math.max(0, part.length() - OVERLAP)) + new String(next, 0, read);
                search(part).forEach(found::putIfAbsent);
            }
            return List.copyOf(found.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many secrets there are. */
    public int count() {
        return spellings.size();
    }

    private Map<String, String> search(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        spellings.forEach((name, all) -> all.stream()
                .mapToInt(text::indexOf)
                .filter(index -> index >= 0)
                .min()
                .ifPresent(index -> found.put(name, name + " after \"" + before(text, index) + "\"")));
        return found;
    }

    private void addSpellings(String name, List<String> forms) {
        if (forms.isEmpty() || spellings.putIfAbsent(name, forms) != null) {
            throw new IllegalArgumentException("Empty, or added twice: " + name);
        }
    }

    private static String before(String text, int index) {
        return text.substring(Math.max(0, index - CONTEXT), index);
    }
}
