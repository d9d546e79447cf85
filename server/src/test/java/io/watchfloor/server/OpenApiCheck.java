package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Holds what a server answers against what its OpenAPI document says. Thread-safe.
final class OpenApiCheck {

    /// The part of OpenAPI 3.1 that the document uses.
    private static final String FORM = """
            {"type": "object", "required": ["openapi", "info", "paths", "components"],
             "properties": {
              "openapi": {"const": "3.1.0"},
              "info": {"type": "object", "required": ["title", "version"]},
              "paths": {"type": "object", "minProperties": 10, "propertyNames": {"pattern": "^/"},
               "additionalProperties": {"type": "object",
                "propertyNames": {"enum": ["get", "put", "post", "delete"]},
                "additionalProperties": {"type": "object", "required": ["operationId", "summary", "responses"],
                 "properties": {
                  "operationId": {"type": "string", "pattern": "^[a-z0-9-]+[A-Za-z0-9-]*$"},
                  "summary": {"type": "string", "minLength": 10},
                  "parameters": {"type": "array", "items": {"type": "object", "required": ["name", "in", "schema"],
                   "properties": {"in": {"enum": ["path", "query", "header"]}}}},
                  "requestBody": {"type": "object", "required": ["content"]},
                  "security": {"type": "array", "items": {"type": "object"}},
                  "responses": {"type": "object", "minProperties": 4, "propertyNames": {"pattern": "^[1-5][0-9][0-9]$"},
                   "additionalProperties": {"type": "object", "required": ["description"]}}},
                 "additionalProperties": false}}},
              "components": {"type": "object", "properties": {"schemas": {
               "additionalProperties": {"$ref": "https://json-schema.org/draft/2020-12/schema"}}}}},
             "additionalProperties": false}""";
    private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\":\"#/components/schemas/([A-Za-z]+)\"");
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final String document;
    private final String components;
    /// The document's operations by method in capitals, a blank and the pattern of the path.
    private final Map<String, Map<String, String>> operations = new LinkedHashMap<>();

    OpenApiCheck(String document) {
        this.document = document;
        Map<String, String> whole = members(document);
        components = told(whole, "components");
        members(told(whole, "paths")).forEach((path, methods) -> members(methods).forEach((method,
                operation) -> operations.put(method.toUpperCase(Locale.ROOT) + " " + path, members(operation))));
    }

    /// The document of a server.
    static OpenApiCheck of(URI server, HttpClient client) throws IOException, InterruptedException {
        return new OpenApiCheck(client.send(HttpRequest.newBuilder(URI.create(server + "/api/v1/openapi.json")).build(),
                BodyHandlers.ofString()).body());
    }

    /// The document itself is what it claims to be, and refers to nothing that it does not hold.
    void isValid() {
        assertThat(problems(FORM, document)).isEmpty();
        Map<String, String> known = members(told(members(components), "schemas"));
        assertThat(REFERENCE.matcher(document).results().map(reference -> reference.group(1)))
                .allMatch(known::containsKey);
    }

    /// Patterns of paths that it tells of.
    List<String> paths() {
        return operations.keySet().stream().map(OpenApiCheck::pathOf).distinct().toList();
    }

    private static String pathOf(String operation) {
        return operation.substring(operation.indexOf(' ') + 1);
    }

    /// What may be asked: a method in capitals and a pattern of paths.
    ///
    /// @param who the least role of a person, the scope of a program, or `anyone`
    /// @param answer name of the record that a good answer holds; empty where it holds none
    record Operation(String method, String path, String who, String answer) {

        /// Whether nobody has to say who he is.
        boolean open() {
            return who.equals("anyone");
        }
    }

    List<Operation> operations() {
        return operations.entrySet().stream().map(each -> {
            Map<String, String> responses = members(told(each.getValue(), "responses"));
            Matcher answer = REFERENCE.matcher(responses.getOrDefault("200", responses.getOrDefault("201", "")));
            return new Operation(each.getKey().substring(0, each.getKey().indexOf(' ')), pathOf(each.getKey()),
                    each.getValue().getOrDefault("security", "[{}").startsWith("[{}")
                            ? "anyone"
                            : told(each.getValue(), "security").replaceAll("[^A-Z]", ""),
                    answer.find() ? answer.group(1) : "");
        }).toList();
    }

    /// An answer is one that the document tells of, with a body of that form, to a question that it tells of.
    ///
    /// @param address with what stands behind its question mark
    void tellsOf(String method, String address, HttpResponse<?> answer, String body) {
        String path = address.replaceFirst("\\?.*", "");
        String asked = method + " " + address + ": " + answer.statusCode() + " " + body;
        List<String> known = operations.keySet().stream().filter(each -> fits(path, pathOf(each))).toList();
        if (known.isEmpty()) {
            assertThat(answer.statusCode()).as(asked).isEqualTo(404);
            return;
        }
        String verb = method.equals("HEAD") ? "GET" : method;
        Map<String, String> operation = known.stream().filter(each -> each.startsWith(verb + " "))
                .min(Comparator.comparing(each -> each.contains("{"))).map(operations::get).orElse(null);
        if (operation == null) {
            assertThat(answer.statusCode()).as(asked).isEqualTo(405);
            return;
        }
        if (address.contains("?")) {
            List<String> parameters = items(told(operation, "parameters")).stream().map(OpenApiCheck::members)
                    .filter(parameter -> told(parameter, "in").equals("\"query\""))
                    .map(parameter -> told(parameter, "name")).toList();
            for (String pair : address.substring(path.length() + 1).split("&", -1)) {
                assertThat(parameters).as(asked).contains('"' + pair.replaceFirst("=.*", "") + '"');
            }
        }
        Map<String, String> responses = members(told(operation, "responses"));
        assertThat(responses).as(asked).containsKey(Integer.toString(answer.statusCode()));
        Map<String, String> response = members(told(responses, Integer.toString(answer.statusCode())));
        Map<String, String> content = members(response.getOrDefault("content", "{}"));
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        if (method.equals("HEAD") || type.isEmpty()) {
            assertThat(body).as(asked).isEmpty();
            assertThat(method.equals("HEAD") || content.isEmpty()).as(asked + " is told to have a body").isTrue();
            return;
        }
        assertThat(content).as(asked).containsKey(type);
        Matcher reference = REFERENCE.matcher(told(content, type));
        if ((type.equals(JSON) || type.equals(PROBLEM)) && reference.find()) {
            assertThat(problems("{\"$ref\":\"#/components/schemas/" + reference.group(1) + "\",\"components\":"
                    + components + "}", body)).as(asked).isEmpty();
        }
    }

    private static boolean fits(String path, String pattern) {
        return path.matches(pattern.replaceAll("\\{[^}]*}", "[^/]+"));
    }

    private static String told(Map<String, String> members, String name) {
        return Objects.requireNonNull(members.get(name), () -> name + " is not told in " + members);
    }

    private List<String> problems(String schema, String text) {
        return schemas.computeIfAbsent(schema, each -> registry.getSchema(each, InputFormat.JSON))
                .validate(text, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    /// The names and values of an object, as they stand in JSON without blanks.
    private static Map<String, String> members(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        int from = 1;
        while (from < object.length() && object.charAt(from) == '"') {
            int name = end(object, from);
            int value = end(object, name + 1);
            members.put(object.substring(from + 1, name - 1), object.substring(name + 1, value));
            from = value + 1;
        }
        return members;
    }

    /// The values of an array, as they stand in JSON without blanks.
    private static List<String> items(String array) {
        List<String> items = new ArrayList<>();
        int from = 1;
        while (from < array.length() && array.charAt(from) != ']') {
            int item = end(array, from);
            items.add(array.substring(from, item));
            from = item + 1;
        }
        return items;
    }

    /// Where the text, object, array, number or word that begins there is over.
    private static int end(String text, int begin) {
        int depth = 0;
        boolean quoted = false;
        for (int i = begin; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && depth > 0 && (c == '}' || c == ']')) {
                depth--;
            } else if (!quoted && depth == 0 && (c == ',' || c == ':' || c == '}' || c == ']')) {
                return i;
            }
        }
        return text.length();
    }
}
