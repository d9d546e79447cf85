package io.watchfloor.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DeltaBuilder;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.rest.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordCodecTest {

    @ParameterizedTest
    @EnumSource
    void message_COD1_comesBackEqual(Encoding encoding) {
        RecordCodec codec = RecordCodec.of(encoding);
        RandomRecords records = new RandomRecords(7);
        for (Class<?> type : RandomRecords.leaves(Message.class)) {
            for (int i = 0; i < 100; i++) {
                Object message = records.make(type);
                assertThat(codec.decode(codec.encode(message), Message.class)).isEqualTo(message);
            }
        }
    }

    /// Bodies of the REST interface, found by their class files.
    @ParameterizedTest
    @EnumSource
    void everyRestRecord_COD1_comesBackEqual(Encoding encoding) throws Exception {
        RecordCodec codec = RecordCodec.of(encoding);
        RandomRecords records = new RandomRecords(17);
        int types = 0;
        for (Class<?> type : restRecords()) {
            types++;
            for (int i = 0; i < 100; i++) {
                Object body = records.make(type);
                assertThat(codec.decode(codec.encode(body), type)).isEqualTo(body);
            }
        }
        assertThat(types).isGreaterThan(10);
    }

    private static List<Class<?>> restRecords() throws Exception {
        List<Class<?>> types = new ArrayList<>();
        Path folder = Path.of(Objects.requireNonNull(Tokens.class.getResource("Tokens.class")).toURI()).getParent();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName()).replace(".class", "");
                Class<?> type = Class.forName(Tokens.class.getPackageName() + "." + name);
                if (type.isRecord()) {
                    types.add(type);
                }
            }
        }
        types.sort(Comparator.comparing(Class::getName)); // files come in another order elsewhere
        return types;
    }

    @ParameterizedTest
    @EnumSource
    void frame_COD2_holdsSeveralMessages(Encoding encoding) {
        RecordCodec codec = RecordCodec.of(encoding);
        Message a = new ClientMessage.Ping(1);
        Message b = new ClientMessage.Leave(2);
        assertThat(codec.decodeAll(codec.join(List.of(codec.encode(a), codec.encode(b))), Message.class))
                .containsExactly(a, b);
        assertThat(codec.decodeAll(new byte[0], Message.class)).isEmpty();
    }

    /// Whatever bytes come, nothing but a CodecException goes out.
    @ParameterizedTest
    @EnumSource
    void decoding_COD3_throwsOnlyItsOwnException(Encoding encoding) {
        RecordCodec codec = RecordCodec.of(encoding);
        RandomRecords records = new RandomRecords(11);
        SplittableRandom random = new SplittableRandom(13);
        List<Class<?>> types = RandomRecords.leaves(Message.class);
        int refused = 0;
        int rounds = Integer.getInteger("watchfloor.fuzz.rounds", 10_000);
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = codec.encode(records.make(types.get(random.nextInt(types.size()))));
            for (int j = random.nextInt(4); j >= 0 && bytes.length > 0; j--) {
                bytes = mutate(bytes, random);
            }
            try {
                codec.decodeAll(bytes, Message.class);
            } catch (CodecException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(refused).as("the fuzz reached the mistakes").isGreaterThan(rounds / 5);
    }

    private static byte[] mutate(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        byte[] mutated = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> mutated[at] = (byte) random.nextInt();
            case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> mutated = Arrays.copyOf(bytes, at);
            default -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(random.nextInt(1, 9), bytes.length - Math.max(at, from));
                System.arraycopy(bytes, from, mutated, at, length);
            }
        }
        return mutated;
    }

    @Test
    void json_COD4_looksAsDocumented() {
        assertThat(text(new ClientMessage.Ping(5))).isEqualTo("{\"type\":\"ping\",\"id\":5}");
        assertThat(text(new ClientMessage.Hello(1, "curl", List.of(), null)))
                .isEqualTo("{\"type\":\"hello\",\"version\":1,\"client\":\"curl\",\"features\":[]}");
    }

    private static String text(Message message) {
        return new String(RecordCodec.of(Encoding.JSON).encode(message), StandardCharsets.UTF_8);
    }

    @Test
    void mistake_COD5_isNamedByItsPlace() {
        refuses("{\"type\":\"push\",\"room\":1,\"clientSeq\":1,\"operations\":[{\"type\":\"assignment\",\"element\":\"x\"}]}",
                ErrorCode.MALFORMED, "operations[0].element: ");
        refuses("{\"type\":\"ping\"}", ErrorCode.MALFORMED, "id");
        refuses("{\"type\":\"ping\",\"id\":null}", ErrorCode.MALFORMED, "id");
        refuses("{\"type\":\"ping\",\"id\":1.5}", ErrorCode.MALFORMED, "id");
        refuses("{\"type\":\"ping\",\"id\":\"1\"}", ErrorCode.MALFORMED, "id");
        refuses("{\"type\":\"hello\",\"version\":1,\"client\":\"c\",\"features\":[null]}", ErrorCode.MALFORMED,
                "features");
        refuses("{\"type\":\"hello\",\"version\":1,\"features\":[]}", ErrorCode.MALFORMED, "client");
        refuses("{\"type\":\"renew\",\"token\":1}", ErrorCode.MALFORMED, "token");
        refuses("{\"type\":\"renew\",\"token\":true}", ErrorCode.MALFORMED, "token");
        refuses("{\"type\":\"nonsense\"}", ErrorCode.UNKNOWN_MESSAGE, "'nonsense'");
        refuses("{\"id\":5}", ErrorCode.MALFORMED, "type");
        refuses("[1]", ErrorCode.UNKNOWN_MESSAGE, "");
        refuses("null", ErrorCode.MALFORMED, "");
        refuses("{\"type\":\"ping\",\"id\":5,\"id\":6}", ErrorCode.MALFORMED, "id");
        refuses("{\"type\":\"ping\",\"id\":" + "9".repeat(60) + "}", ErrorCode.LIMIT, "");
        refuses("[".repeat(100), ErrorCode.MALFORMED, "");
        refuses("{\"type\":\"ping\",", ErrorCode.MALFORMED, "end-of-input");
        refuses("{\"type\":\"push\",\"room\":1,\"clientSeq\":1,\"operations\":[{\"type\":\"assignment\",\"element\":"
                + "\"AAAAAAAAAAA\",\"property\":\"p\",\"stamp\":[1,2,3],\"value\":" + "[".repeat(100), ErrorCode.LIMIT,
                "");
    }

    @Test
    void malformedStamp_COD5_isRefused() {
        for (String stamp : List.of("[-1,0,1]", "[1,-1,1]", "[1,0,-1]", "[281474976710656,0,1]", "[1,2147483648,1]",
                "[1,2]",
                "[1,2,3,4]", "[1.5,0,1]", "[null,0,1]", "\"1\"", "{}")) {
            assertThatThrownBy(() -> RecordCodec.of(Encoding.JSON)
                    .decode(("{\"type\":\"push\",\"room\":1,\"clientSeq\":1,"
                            + "\"operations\":[{\"type\":\"assignment\",\"element\":\"AAAAAAAAAAA\",\"property\":\"p\",\"stamp\":"
                            + stamp
                            + ",\"value\":1}]}").getBytes(StandardCharsets.UTF_8), Message.class))
                    .as(stamp).isInstanceOfSatisfying(CodecException.class, e -> {
                        assertThat(e.code()).isIn(ErrorCode.MALFORMED, ErrorCode.LIMIT);
                        assertThat(e.getMessage()).contains("operations[0].stamp");
                    });
        }
    }

    /// Edits in CBOR are read past the mapper, with checks of their own.
    @Test
    void malformedStamp_COD5_isRefusedInCborToo() {
        Assignment edit = new Assignment(new ElementId(1), "p", Value.of(7), new Stamp(1, 2, 3));
        byte[] valid = RecordCodec.of(Encoding.CBOR).encode(new ClientMessage.Push(1, 1, List.of(edit)));
        String hex = HexFormat.of().formatHex(valid);
        assertThat(hex).containsOnlyOnce("83010203");
        for (String stamp : List.of("83200203", "83012003", "83010220", "831b00010000000000000203", "82010203",
                "8401020304",
                "83f60203", "836131" + "0203", "a0")) {
            byte[] wrong = HexFormat.of().parseHex(hex.replace("83010203", stamp));
            assertThatThrownBy(() -> RecordCodec.of(Encoding.CBOR).decode(wrong, Message.class)).as(stamp)
                    .isInstanceOfSatisfying(CodecException.class,
                            e -> assertThat(e.code()).isIn(ErrorCode.MALFORMED, ErrorCode.LIMIT));
        }
    }

    private static void refuses(String json, ErrorCode code, String part) {
        assertThatThrownBy(
                () -> RecordCodec.of(Encoding.JSON).decode(json.getBytes(StandardCharsets.UTF_8), Message.class))
                .isInstanceOfSatisfying(CodecException.class, e -> {
                    assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
                    assertThat(e.getMessage()).contains(part).doesNotContain("io.watchfloor").doesNotContain("jackson",
                            "Source");
                });
    }

    @Test
    void property_COD6_isIgnoredWhereUnknown() {
        byte[] json = "{\"new\":{\"a\":[1]},\"type\":\"ping\",\"id\":5}".getBytes(StandardCharsets.UTF_8);
        assertThat(RecordCodec.of(Encoding.JSON).decode(json, Message.class)).isEqualTo(new ClientMessage.Ping(5));
    }

    @Test
    void delta_COD4_isAnArrayOfLengthsAndTexts() {
        TextEdit edit = new TextEdit(new ElementId(1), "text", 9, new DeltaBuilder().retain(5).insert("a😀").delete(2)
                .build());
        String json = "{\"type\":\"push\",\"room\":1,\"clientSeq\":1,\"operations\":[{\"type\":\"textEdit\",\"element\":"
                + "\"AAAAAAAAAAE\",\"property\":\"text\",\"base\":9,\"delta\":[5,\"a😀\",-2]}]}";
        assertThat(text(new ClientMessage.Push(1, 1, List.of(edit)))).isEqualTo(json);
        String loose = json.replace("[5,\"a😀\",-2]", "[2,3,0,-1,\"a\",\"\",\"😀\",-1,7]");
        assertThat(RecordCodec.of(Encoding.JSON).decode(loose.getBytes(StandardCharsets.UTF_8), Message.class))
                .isEqualTo(new ClientMessage.Push(1, 1, List.of(edit)));
        String place = "operations[0].delta: ";
        refuses(json.replace("[5,\"a😀\",-2]", "[1.5]"), ErrorCode.MALFORMED, place);
        refuses(json.replace("[5,\"a😀\",-2]", "[null]"), ErrorCode.MALFORMED, place);
        refuses(json.replace("[5,\"a😀\",-2]", "[4294967296]"), ErrorCode.MALFORMED, place);
        refuses(json.replace("[5,\"a😀\",-2]", "[2147483647,2147483647]"), ErrorCode.MALFORMED, place);
        refuses(json.replace("[5,\"a😀\",-2]", "\"x\""), ErrorCode.MALFORMED, place);
        refuses(json.replace("[5,\"a😀\",-2]", "null"), ErrorCode.MALFORMED, "operations[0].delta");
    }

    /// As it was before documents had texts.
    @ParameterizedTest
    @EnumSource
    void snapshot_COD8_withoutTextsIsRead(Encoding encoding) {
        byte[] old = switch (encoding) {
            case JSON -> "{\"revision\":7,\"assignments\":[]}".getBytes(StandardCharsets.UTF_8);
            case CBOR -> new byte[]{(byte) 0x82, 0x07, (byte) 0x80};
        };
        assertThat(RecordCodec.of(encoding).decode(old, Snapshot.class)).isEqualTo(new Snapshot(7, List.of()));
    }

    @Test
    void limits_COD7_areWithinWhatTheCodecReads() {
        String big = "x".repeat(Limits.VALUE_BYTES);
        ClientMessage message = new ClientMessage.Renew(big);
        assertThat(RecordCodec.of(Encoding.CBOR).decode(RecordCodec.of(Encoding.CBOR).encode(message), Message.class))
                .isEqualTo(message);
    }

    @Test
    void nothing_COD3_isNoMessage_inWhateverFormItComes() {
        RecordCodec cbor = RecordCodec.of(Encoding.CBOR);
        for (String hex : new String[]{"f6", "f7", "826470696e6705f6", "c1f6"}) {
            assertThatThrownBy(() -> cbor.decodeAll(java.util.HexFormat.of().parseHex(hex), Message.class)).as(hex)
                    .isInstanceOf(CodecException.class);
        }
        assertThatThrownBy(
                () -> RecordCodec.of(Encoding.JSON).decodeAll("null".getBytes(StandardCharsets.UTF_8), Message.class))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void halfOfASurrogatePair_COD3_inAWordThatIsQuotedCanBeWritten() {
        for (Encoding encoding : Encoding.values()) {
            byte[] bytes = RecordCodec.of(encoding).encode(new io.watchfloor.protocol.ServerMessage.Failed(
                    io.watchfloor.protocol.ErrorCode.MALFORMED, null, null, "a\udc00",
                    "The type '\ud800' is not known."));
            assertThat(bytes).isNotEmpty();
        }
    }
}
