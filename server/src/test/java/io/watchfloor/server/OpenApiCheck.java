package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Holds what a server answers against what its OpenAPI document says. Immutable.
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
                "additionalProperties": {"type": "object", "required": ["operationId", "responses"],
                 "properties": {
                  "operationId": {"type": "string", "pattern": "^[a-z0-9-]+[A-Za-z0-9-]*$"},
                  "summary": {"type": "string"},
                  "parameters": {"type": "array", "items": {"type": "object", "required": ["name", "in", "schema"],
                   "properties": {"in": {"enum": ["path", "query", "header"]}}}},
                  "requestBody": {"type": "object", "required": ["content"]},
                  "security": {"type": "array", "items": {"type": "object"}},
                  "responses": {"type": "object", "minProperties": 4, "propertyNames": {"pattern": "^[1-5]([0-9][0-9]|XX)$"},
                   "additionalProperties": {"type": "object", "required": ["description"]}}},
                 "additionalProperties": false}}},
              "components": {"type": "object", "properties": {"schemas": {
               "additionalProperties": {"$ref": "https://json-schema.org/draft/2020-12/schema"}}}}},
             "additionalProperties": false}""";
    private static final Pattern PATH = Pattern.compile("\"(/[^\"]*)\":\\{\"(?:get|put|post|delete)\":");
    private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\":\"#/components/schemas/([A-Za-z]+)\"");

    private static final Pattern METHOD = Pattern.compile("\"(get|put|post|delete)\":\\{");
    private static final Pattern GOOD = Pattern.compile("\"20[01]\":\\{[^}]*\\{\"application/json\":\\{\"schema\":"
            + "\\{\"\\$ref\":\"#/components/schemas/([A-Za-z]+)\"");

    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final String document;

    OpenApiCheck(String document) {
        this.document = document;
    }

    /// The document itself is what it claims to be, and refers to nothing that it does not hold.
    void isValid() {
        assertThat(problems(FORM, document)).isEmpty();
        Matcher reference = REFERENCE.matcher(document);
        while (reference.find()) {
            assertThat(document).contains("\"" + reference.group(1) + "\":{\"type\":\"object\"");
        }
    }

    /// Patterns of paths that it tells of.
    List<String> paths() {
        return PATH.matcher(document).results().map(path -> path.group(1)).toList();
    }

    /// What may be asked: a method in capitals and a pattern of paths.
    ///
    /// @param open whether nobody has to say who he is
    /// @param answer name of the record that a good answer holds; empty where it holds none
    record Operation(String method, String path, boolean open, String answer) {}

    List<Operation> operations() {
        List<Operation> found = new ArrayList<>();
        for (String path : paths()) {
            String rest = document.substring(document.indexOf("\"" + path + "\":{") + path.length() + 3);
            Matcher method = METHOD.matcher(rest);
            int from = 0;
            while (method.find(from) && (from == 0 || method.start() == from)) {
                int end = objectEnd(rest, method.end() - 1);
                String operation = rest.substring(method.end(), end);
                Matcher answer = GOOD.matcher(operation);
                found.add(new Operation(method.group(1).toUpperCase(java.util.Locale.ROOT), path,
                        !operation.contains("\"security\":"), answer.find() ? answer.group(1) : ""));
                from = rest.charAt(end) == ',' ? end + 1 : rest.length();
            }
        }
        return found;
    }

    /// Where the object that begins there is over.
    private static int objectEnd(String text, int begin) {
        int depth = 0;
        boolean quoted = false;
        for (int i = begin; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        throw new AssertionError("an object without an end");
    }

    /// An answer is one that the document tells of, with a body of that form.
    void tellsOf(String method, String path, int status, String body) {
        String pattern = paths().stream().filter(each -> path.matches(each.replaceAll("\\{[^}]*}", "[^/]+")))
                .findFirst().orElse(null);
        if (pattern == null) {
            assertThat(status).as(method + " " + path).isEqualTo(404);
            return;
        }
        String verb = method.equals("HEAD") ? "get" : method.toLowerCase(java.util.Locale.ROOT);
        if (status == 405) {
            assertThat(problems(at(pattern, "{\"required\": [\"" + verb + "\"]}"), document))
                    .as(verb + " " + pattern + " is told of but not allowed").isNotEmpty();
            return;
        }
        String range = status / 100 + "XX";
        if (problems(
                at(pattern, "{\"properties\": {\"" + verb + "\": {\"properties\": {\"responses\": {\"required\": [\""
                        + range + "\"]}}}}}"),
                document).isEmpty()) {
            return;
        }
        assertThat(problems(at(pattern, "{\"required\": [\"" + verb + "\"], \"properties\": {\"" + verb
                + "\": {\"properties\": {\"responses\": {\"required\": [\"" + status + "\"]}}}}}"), document))
                .as(method + " " + path + " " + status + " is not told of").isEmpty();
        String operation = document.substring(document.indexOf("\"" + pattern + "\":"));
        operation = operation.substring(operation.indexOf("\"" + verb + "\":"));
        operation = operation.substring(operation.indexOf("\"responses\":"));
        operation = operation.substring(operation.indexOf("\"" + status + "\":"));
        Matcher reference = REFERENCE.matcher(operation);
        boolean problem = body.contains("urn:watchfloor:problem:");
        boolean json = body.startsWith("{") && operation.startsWith("json", operation.indexOf("application/") + 12);
        if ((json || problem) && reference.find()) {
            String components = document.substring(document.indexOf("\"components\":"));
            assertThat(problems("{\"$ref\":\"#/components/schemas/" + reference.group(1) + "\"," + components, body))
                    .as(method + " " + path + " " + status + ": " + body).isEmpty();
        }
    }

    private static String at(String pattern, String schema) {
        return "{\"properties\": {\"paths\": {\"required\": [\"" + pattern + "\"], \"properties\": {\"" + pattern
                + "\": "
                + schema + "}}}}";
    }

    private List<String> problems(String schema, String text) {
        return schemas.getSchema(schema, InputFormat.JSON).validate(text, InputFormat.JSON).stream()
                .map(Object::toString).toList();
    }
}
