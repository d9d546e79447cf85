package io.watchfloor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FieldMapTest {

    private static final TreeMap<String, Value> TREE = new TreeMap<>(
            Map.of("x", Value.of(1), "y", Value.of("two"), "h", Value.NULL));

    @Test
    void fields_areThoseOfATreeInTheSameOrder() {
        Value.Fields fields = new Value.Fields(TREE);

        assertThat(fields.values()).isEqualTo(TREE).hasSameHashCodeAs(TREE);
        assertThat(fields.values().keySet()).containsExactly("h", "x", "y");
        assertThat(fields.values().get("y")).isEqualTo(Value.of("two"));
        assertThat(fields.values().get("z")).isNull();
        assertThat(fields.values().containsKey("h")).isTrue();
        assertThat(fields.values().firstKey()).isEqualTo("h");
        assertThat(fields.values().lastKey()).isEqualTo("y");
        assertThat(fields.values().tailMap("x")).isEqualTo(TREE.tailMap("x"));
        assertThat(fields.values().headMap("x")).isEqualTo(TREE.headMap("x"));
        assertThat(fields.values().subMap("h", "y")).isEqualTo(TREE.subMap("h", "y"));
    }

    @Test
    void fields_ofAnotherOrderAreSorted() {
        TreeMap<String, Value> backwards = new TreeMap<>(Comparator.reverseOrder());
        backwards.putAll(TREE);
        assertThat(new Value.Fields(backwards)).isEqualTo(new Value.Fields(TREE));
    }

    @Test
    void fields_cannotBeChanged() {
        TreeMap<String, Value> own = new TreeMap<>(TREE);
        Value.Fields fields = new Value.Fields(own);
        own.put("x", Value.of(2));

        assertThat(fields).isEqualTo(new Value.Fields(TREE));
        assertThatThrownBy(() -> fields.values().put("a", Value.NULL))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void fields_areMadeOfNamesInOrderOnly() {
        Value[] values = {Value.of(1), Value.of(2)};
        assertThat(Value.Fields.of(new String[]{"a", "b"}, values).values()).containsOnlyKeys("a", "b");
        assertThatThrownBy(() -> Value.Fields.of(new String[]{"b", "a"}, values))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Value.Fields.of(new String[]{"a", "a"}, values))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
