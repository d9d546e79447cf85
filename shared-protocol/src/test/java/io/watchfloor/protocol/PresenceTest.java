package io.watchfloor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.Presence.Caret;
import io.watchfloor.protocol.Presence.Editing;
import io.watchfloor.protocol.Presence.Ghost;
import io.watchfloor.protocol.Presence.Point;
import io.watchfloor.protocol.Presence.Viewport;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final ElementId ELEMENT = new ElementId(7);

    private static Presence cursor(double x, double y) {
        return new Presence(new Point(x, y), List.of(), List.of(), null, null, null);
    }

    private static Presence editing(@Nullable String property, @Nullable Caret caret) {
        return new Presence(null, List.of(), List.of(), new Editing(ELEMENT, property, caret), null, null);
    }

    private static void refused(Presence presence, ErrorCode code, String field) {
        Presence.Problem problem = Objects.requireNonNull(presence.problem(), field);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.text()).endsWith(".");
    }

    @Test
    void wellFormed_PRE11_isTaken() {
        assertThat(Presence.NONE.problem()).isNull();
        assertThat(cursor(0, 0).problem()).isNull();
        assertThat(cursor(24, 1_000).problem()).isNull();
        assertThat(editing("text", new Caret(0, 3, 9)).problem()).isNull();
        assertThat(editing(null, null).problem()).isNull();
        assertThat(new Presence(null, Collections.nCopies(Limits.PRESENCE_ELEMENTS, ELEMENT),
                List.of(new Ghost(ELEMENT, 0, 0, 24, 3)), null, new Viewport(0, 40), "fQ3nXk2b7VqA").problem())
                .isNull();
    }

    @Test
    void illFormed_PRE11_isRefusedByTheNameOfItsField() {
        for (double x : new double[]{-0.1, 24.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(cursor(x, 1), ErrorCode.INVALID, "cursor");
            refused(cursor(1, x * 100), ErrorCode.INVALID, "cursor");
            refused(new Presence(null, List.of(),
                    List.of(new Ghost(ELEMENT, 1, 1, 1, 1), new Ghost(ELEMENT, 1, 1, x, 1)),
                    null, null, null), ErrorCode.INVALID, "dragging[1]");
            refused(new Presence(null, List.of(), List.of(), null, new Viewport(1, x * 100), null), ErrorCode.INVALID,
                    "viewport");
        }
        refused(editing("no such name", null), ErrorCode.INVALID, "editing.property");
        refused(editing("text", new Caret(1, -1, 0)), ErrorCode.INVALID, "editing.caret");
        refused(editing("text", new Caret(-1, 0, 0)), ErrorCode.INVALID, "editing.caret");
        refused(new Presence(null, List.of(), List.of(), null, null, ""), ErrorCode.INVALID, "following");
        refused(new Presence(null, List.of(), List.of(), null, null, "x".repeat(65)), ErrorCode.INVALID, "following");
    }

    @Test
    void tooLarge_PRE11_isRefusedByTheNameOfItsField() {
        List<ElementId> many = Collections.nCopies(Limits.PRESENCE_ELEMENTS + 1, ELEMENT);
        refused(new Presence(null, many, List.of(), null, null, null), ErrorCode.LIMIT, "selection");
        refused(new Presence(null, List.of(), many.stream().map(id -> new Ghost(id, 0, 0, 1, 1)).toList(), null, null,
                null), ErrorCode.LIMIT, "dragging");
    }

    @Test
    void numbersThatJsonDoesNotHave_PRE11_areNoCursor() {
        String nan = "{\"type\":\"show\",\"room\":1,\"presence\":{\"cursor\":{\"x\":\"NaN\",\"y\":1},\"selection\":[],"
                + "\"dragging\":[]}}";
        Message message = RecordCodec.of(Encoding.JSON).decode(nan.getBytes(StandardCharsets.UTF_8), Message.class);
        refused(((ClientMessage.Show) message).presence(), ErrorCode.INVALID, "cursor");
    }

    @Test
    void aCursor_PRE7_isSmall() {
        ClientMessage.Show show = new ClientMessage.Show(7, cursor(7.25, 9.5));
        assertThat(RecordCodec.of(Encoding.CBOR).encode(show).length).isLessThan(50);
    }
}
