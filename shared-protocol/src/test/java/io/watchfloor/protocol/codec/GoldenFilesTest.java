package io.watchfloor.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.DeltaBuilder;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Text;
import io.watchfloor.document.TextEdit;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The bytes of every message as they were first released: `golden/NAME.txt` holds the JSON in its first line and the
/// CBOR in hexadecimal in its second. `-Dwatchfloor.golden.write=true` writes files that are missing.
class GoldenFilesTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    @TestFactory
    Stream<DynamicTest> message_COD8_isReadAndWrittenAsItWas() {
        List<Class<?>> types = RandomRecords.leaves(Message.class);
        return types.stream().map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> check(type)));
    }

    /// What came after the first message of a type was written down.
    @Test
    void text_COD8_isReadAndWrittenAsItWas() throws IOException {
        ElementId note = new ElementId(0x77_00_00_00_00_00_00_01L);
        TextEdit edit = new TextEdit(note, "text", 289, new DeltaBuilder().retain(5).insert("é😀\n").delete(2).build());
        check(ClientMessage.Push.class, "push-text", () -> new ClientMessage.Push(7, 12, List.of(edit)));
        Snapshot snapshot = new Snapshot(289, List.of(), List.of(new Text(note, "text", "é😀\n\"note\"")));
        check(ServerMessage.Joined.class, "joined-text", () -> new ServerMessage.Joined(
                new DashboardId(new UUID(1, 2)), 7, Right.EDIT, new Epoch(new UUID(3, 4)), 3, 11, List.of(), snapshot,
                List.of()));
    }

    private static void check(Class<?> type) throws IOException {
        check(type, RecordIntrospector.typeName(type),
                () -> new RandomRecords(type.getSimpleName().hashCode()).make(type));
    }

    private static void check(Class<?> type, String name, Supplier<Object> first) throws IOException {
        Path file = FOLDER.resolve(name + ".txt");
        if (!Files.exists(file) && Boolean.getBoolean("watchfloor.golden.write")) {
            Object message = first.get();
            Files.createDirectories(FOLDER);
            Files.writeString(file, json(message) + "\n" + cbor(message) + "\n");
        }
        List<String> lines = Files.readAllLines(file);
        Message fromJson = RecordCodec.of(Encoding.JSON).decode(lines.get(0).getBytes(StandardCharsets.UTF_8),
                Message.class);
        Message fromCbor = RecordCodec.of(Encoding.CBOR).decode(HexFormat.of().parseHex(lines.get(1)), Message.class);
        assertThat(fromCbor).isEqualTo(fromJson).isInstanceOf(type);
        assertThat(json(fromJson)).isEqualTo(lines.get(0));
        assertThat(cbor(fromCbor)).isEqualTo(lines.get(1));
    }

    private static String json(Object message) {
        return new String(RecordCodec.of(Encoding.JSON).encode(message), StandardCharsets.UTF_8);
    }

    private static String cbor(Object message) {
        return HexFormat.of().formatHex(RecordCodec.of(Encoding.CBOR).encode(message));
    }
}
