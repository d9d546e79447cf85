package io.watchfloor.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.protocol.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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

    private static void check(Class<?> type) throws IOException {
        Path file = FOLDER.resolve(RecordIntrospector.typeName(type) + ".txt");
        if (!Files.exists(file) && Boolean.getBoolean("watchfloor.golden.write")) {
            Object message = new RandomRecords(type.getSimpleName().hashCode()).make(type);
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
