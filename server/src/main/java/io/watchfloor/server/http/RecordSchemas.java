package io.watchfloor.server.http;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Stamp;
import io.watchfloor.sample.Labels;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON Schemas of records, as the codec reads and writes them. Confined to one thread.
final class RecordSchemas {

    private final Map<String, Object> known = new TreeMap<>();

    /// A reference to the schema of a record, which is described if it is not yet.
    Map<String, Object> refer(Class<?> type) {
        String name = type.getSimpleName();
        if (!known.containsKey(name)) {
            known.put(name, Map.of());
            known.put(name, describe(type));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    /// All that were referred to, by name.
    Map<String, Object> all() {
        return known;
    }

    private Map<String, Object> describe(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), schema(component.getGenericType()));
            if (component.getAnnotatedType().getAnnotation(Nullable.class) == null) {
                required.add(component.getName());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType list) {
            return Map.of("type", "array", "items", schema(list.getActualTypeArguments()[0]));
        }
        if (!(type instanceof Class<?> simple)) {
            throw new IllegalStateException("no schema for " + type);
        }
        if (simple == String.class) {
            return Map.of("type", "string");
        }
        if (simple == int.class || simple == long.class || simple == Integer.class || simple == Long.class) {
            return Map.of("type", "integer");
        }
        if (simple == double.class || simple == Double.class) {
            return Map.of("type", "number");
        }
        if (simple == boolean.class || simple == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (simple == DashboardId.class || simple == Epoch.class || simple == java.util.UUID.class) {
            return Map.of("type", "string", "format", "uuid");
        }
        if (simple == ElementId.class) {
            return Map.of("type", "string", "pattern", "^[A-Za-z0-9_-]{11}$");
        }
        if (simple == Stamp.class) {
            return Map.of("type", "array", "items", Map.of("type", "integer", "minimum", 0), "minItems", 3, "maxItems",
                    3);
        }
        if (simple.isEnum()) {
            return Map.of("type", "string", "enum",
                    Arrays.stream(simple.getEnumConstants()).map(Object::toString).toList());
        }
        if (simple == long[].class) {
            return Map.of("type", "array", "items", Map.of("type", "integer"));
        }
        if (simple == double[].class) {
            return Map.of("type", "array", "items", Map.of("type", List.of("number", "string", "null")));
        }
        if (simple == Labels.class) {
            return Map.of("type", "object", "additionalProperties", Map.of("type", "string"));
        }
        if (simple.isRecord()) {
            return refer(simple);
        }
        return Map.of();
    }
}
