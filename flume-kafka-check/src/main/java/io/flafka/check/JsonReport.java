// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flafka.check.rule.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings as a JSON array, for scripts. Each has {@code line} (0 if no single line is the reason), {@code severity} and {@code text}. */
final class JsonReport {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonReport() {}

    static String of(List<Finding> findings) {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(
                                    findings.stream().map(JsonReport::fields).toList())
                    + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("numbers and texts are always JSON", impossible);
        }
    }

    private static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("line", finding.line());
        fields.put("severity", finding.severity().toString());
        fields.put("text", finding.text());
        return fields;
    }
}
