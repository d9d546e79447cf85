package io.watchfloor.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Snapshot;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.ServerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Keeps `docs/PROTOCOL.md` true: its examples are what the codec reads and writes.
class ProtocolDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/PROTOCOL.md");

    @TestFactory
    Stream<DynamicTest> example_COD9_isReadAndWrittenTheSame() throws IOException {
        return blocks("json").stream().map(example -> DynamicTest.dynamicTest(inOneLine(example), () -> {
            Message message = decode(example);
            assertThat(json(message)).isEqualTo(inOneLine(example));
            RecordCodec cbor = RecordCodec.of(Encoding.CBOR);
            assertThat(cbor.decode(cbor.encode(message), Message.class)).isEqualTo(message);
        }));
    }

    @Test
    void message_COD9_hasAnExample() throws IOException {
        assertThat(examples().stream().map(Message::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(messageTypes());
    }

    private static List<Class<? extends Message>> messageTypes() {
        return RandomRecords.leaves(Message.class).stream().<Class<? extends Message>>map(c -> c
                .asSubclass(Message.class)).toList();
    }

    @TestFactory
    Stream<DynamicTest> example_COD9_inCborIsOneOfThoseInJson() throws IOException {
        List<Message> examples = examples();
        List<String> blocks = blocks("cbor");
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
        return blocks.stream().map(block -> DynamicTest.dynamicTest(block.lines().findFirst().orElse(""), () -> {
            String hex = block.lines().map(line -> line.replaceAll("#.*", "").replace(" ", "")).reduce("",
                    String::concat);
            RecordCodec cbor = RecordCodec.of(Encoding.CBOR);
            Message message = cbor.decode(HexFormat.of().parseHex(hex), Message.class);
            assertThat(examples).contains(message);
            assertThat(HexFormat.of().formatHex(cbor.encode(message))).isEqualTo(hex);
        }));
    }

    @Test
    void beat_COD9_carriesTheHashOfTheDocumentedDocument() throws IOException {
        ServerMessage.Joined joined = first(ServerMessage.Joined.class);
        ServerMessage.Beat beat = first(ServerMessage.Beat.class);
        Entry entry = first(ServerMessage.Committed.class).entry();
        Snapshot snapshot = Objects.requireNonNull(joined.snapshot());
        Document document = Document.of(snapshot);
        assertThat(document.snapshot(snapshot.revision())).as("in the order of a snapshot").isEqualTo(snapshot);
        assertThat(entry.revision()).isEqualTo(snapshot.revision() + 1).isEqualTo(beat.revision());
        entry.operations().forEach(operation -> document.apply((io.watchfloor.document.Assignment) operation));
        assertThat(beat.hash()).isEqualTo(document.stateHash());
    }

    @Test
    void code_COD9_isExplained() throws IOException {
        String text = Files.readString(DOCUMENT);
        assertThat(Arrays.stream(ErrorCode.values()).map(code -> "\n| `" + code + "` |")).allMatch(text::contains);
        assertThat(Arrays.stream(CloseCode.values()).map(code -> "\n| " + code.code() + " | `" + code + "` |"))
                .allMatch(text::contains);
    }

    /// What the page says of later versions: more at the end of an array is ignored.
    @Test
    void array_COD6_mayBeLongerThanDeclared() {
        RecordCodec cbor = RecordCodec.of(Encoding.CBOR);
        byte[] longer = HexFormat.of().parseHex("826470696e6782056178");
        assertThat(json(cbor.decode(longer, Message.class))).isEqualTo("{\"type\":\"ping\",\"id\":5}");
    }

    private static <T extends Message> T first(Class<T> type) throws IOException {
        return examples().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    private static List<Message> examples() throws IOException {
        return blocks("json").stream().map(ProtocolDocumentTest::decode).toList();
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        var matcher = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private static Message decode(String example) {
        return RecordCodec.of(Encoding.JSON).decode(example.getBytes(StandardCharsets.UTF_8), Message.class);
    }

    private static String json(Message message) {
        return new String(RecordCodec.of(Encoding.JSON).encode(message), StandardCharsets.UTF_8);
    }

    /// Without the white space that makes an example readable.
    private static String inOneLine(String json) {
        StringBuilder line = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"' && (i == 0 || json.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            }
            if (quoted || !Character.isWhitespace(c)) {
                line.append(c);
            }
        }
        return line.toString();
    }
}
