package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The OpenAPI document of a server, made from its routes as they are. What each route may answer follows from who may
/// call it, what it takes, and what it says of itself. The least role of a person, and the scope of a program, stand beside
/// what proves it. Immutable.
///
/// Source: OpenAPI 3.1.
public final class OpenApi {

    public static final String PATH = "/api/v1/openapi.json";

    private final String text;

    /// @param routes all but the document's own
    /// @param version of the server
    /// @throws IllegalArgumentException where a route says nothing of itself
    public OpenApi(List<Route> routes, String version) {
        List<Route> all = new ArrayList<>(routes);
        all.add(route());
        RecordSchemas schemas = new RecordSchemas();
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Route route : all) {
            Object known = paths.computeIfAbsent(route.pattern(), _ -> new LinkedHashMap<String, Object>());
            if (known instanceof LinkedHashMap<?, ?> methods) {
                @SuppressWarnings("unchecked") // made just above
                LinkedHashMap<String, Object> of = (LinkedHashMap<String, Object>) methods;
                of.put(route.method().toLowerCase(Locale.ROOT), operation(route, schemas));
            }
        }
        paths.put(HttpServer.WEB_SOCKET_PATH, Map.of("get", webSocket(schemas)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Watchfloor", "version", version, "description",
                "Signing in, lists, administration, and samples. Everything live goes over the WebSocket at "
                        + HttpServer.WEB_SOCKET_PATH + "."));
        document.put("paths", paths);
        schemas.refer(Problem.class);
        document.put("components", Map.of("schemas", schemas.all(), "securitySchemes",
                Map.of("person", Map.of("type", "http", "scheme", "bearer", "bearerFormat", "JWT"), "service",
                        Map.of("type", "http", "scheme", "bearer"))));
        this.text = JsonText.of(document);
    }

    /// Serves the document.
    public Route route() {
        return Route.get(PATH, Access.anyone(), _ -> Answer.text("application/json", text))
                .says("This document.", "application/json");
    }

    @Override
    public String toString() {
        return text;
    }

    private static Map<String, Object> operation(Route route, RecordSchemas schemas) {
        Contract contract = route.contract();
        if (contract.summary().isEmpty()) {
            throw new IllegalArgumentException(route.method() + " " + route.pattern() + " does not say what it does");
        }
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", route.method().toLowerCase(Locale.ROOT)
                + route.pattern().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", ""));
        operation.put("summary", contract.summary());
        List<Object> parameters = new ArrayList<>();
        for (String segment : Route.segments(route.pattern())) {
            if (segment.startsWith("{")) {
                parameters.add(Map.of("name", segment.substring(1, segment.length() - 1), "in", "path", "required",
                        true, "schema", Map.of("type", "string")));
            }
        }
        for (Contract.Parameter parameter : contract.asks()) {
            parameters.add(Map.of("name", parameter.name(), "in", "query", "description", parameter.summary(), "schema",
                    Map.of("type", parameter.number() ? "integer" : "string")));
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        switch (route.access()) {
            case Access.Anyone _ -> {}
            case Access.Person(Role least, boolean _) ->
                operation.put("security", List.of(Map.of("person", List.of(least.name()))));
            case Access.Service(Scope scope) ->
                operation.put("security", List.of(Map.of("service", List.of(scope.name()))));
            case Access.OwnMachine(Scope scope) ->
                operation.put("security", List.of(Map.of(), Map.of("service", List.of(scope.name()))));
        }
        if (contract.takes() != null) {
            operation.put("requestBody", Map.of("required", true, "content",
                    Map.of("application/json", Map.of("schema", schemas.refer(contract.takes())))));
        } else if (!route.method().equals("GET") && route.bodyLimit() > Route.BODY_BYTES) {
            operation.put("requestBody", Map.of("required", true, "content", Map.of("text/plain", Map.of())));
        }
        operation.put("responses", responses(route, schemas));
        return operation;
    }

    private static Map<String, Object> responses(Route route, RecordSchemas schemas) {
        Contract contract = route.contract();
        Map<String, Object> responses = new TreeMap<>();
        Map<String, Object> good = new LinkedHashMap<>();
        good.put("description", contract.status() == 204 ? "Done." : "The answer.");
        if (contract.gives() != null) {
            good.put("content", Map.of("application/json", Map.of("schema", schemas.refer(contract.gives()))));
        } else if (!contract.type().isEmpty()) {
            good.put("content", Map.of(contract.type(), Map.of()));
        }
        responses.put(Integer.toString(contract.status()), good);
        Map<Integer, TreeSet<String>> problems = new TreeMap<>();
        for (ProblemCode code : problemsOf(route)) {
            problems.computeIfAbsent(code.status(), _ -> new TreeSet<>()).add(code.code());
        }
        problems.forEach((status, codes) -> responses.putIfAbsent(Integer.toString(status),
                Map.of("description", String.join(", ", codes), "content",
                        Map.of("application/problem+json", Map.of("schema", schemas.refer(Problem.class))))));
        return responses;
    }

    /// It is no route, for it answers handshakes.
    private static Map<String, Object> webSocket(RecordSchemas schemas) {
        Map<String, Object> responses = new TreeMap<>();
        responses.put("101", Map.of("description", "The WebSocket, in the subprotocol that was agreed on."));
        for (ProblemCode code : List.of(ProblemCode.MALFORMED, ProblemCode.FORBIDDEN, ProblemCode.UPGRADE_REQUIRED,
                ProblemCode.TOO_MANY_REQUESTS)) {
            responses.put(Integer.toString(code.status()), Map.of("description", code.code(), "content",
                    Map.of("application/problem+json", Map.of("schema", schemas.refer(Problem.class)))));
        }
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", "get-api-v1-ws");
        operation.put("summary", "Everything live. The access token comes in the header or in the first message.");
        operation.put("responses", responses);
        return operation;
    }

    private static List<ProblemCode> problemsOf(Route route) {
        List<ProblemCode> codes = new ArrayList<>(List.of(ProblemCode.MALFORMED, ProblemCode.TOO_MANY_REQUESTS,
                ProblemCode.INTERNAL, ProblemCode.UNAVAILABLE));
        codes.addAll(route.contract().refusals());
        switch (route.access()) {
            case Access.Anyone _ -> {}
            case Access.Person person -> {
                codes.addAll(List.of(ProblemCode.NOT_SIGNED_IN, ProblemCode.FORBIDDEN));
                if (!person.passwordMayBeDue()) {
                    codes.addAll(List.of(ProblemCode.PASSWORD_MUST_CHANGE, ProblemCode.SECOND_FACTOR_MUST_BE_ADDED));
                }
            }
            case Access.Service _, Access.OwnMachine _ ->
                codes.addAll(List.of(ProblemCode.NOT_SIGNED_IN, ProblemCode.FORBIDDEN));
        }
        if (route.method().equals("POST") || route.method().equals("PUT")) {
            codes.addAll(List.of(ProblemCode.INVALID, ProblemCode.TOO_LARGE, ProblemCode.REQUEST_TIMEOUT));
        }
        if (!route.contract().asks().isEmpty()) {
            codes.add(ProblemCode.INVALID);
        }
        if (route.contract().takes() != null) {
            codes.add(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
        if (route.pattern().contains("{")) {
            codes.add(ProblemCode.NOT_FOUND);
        }
        return codes;
    }
}
