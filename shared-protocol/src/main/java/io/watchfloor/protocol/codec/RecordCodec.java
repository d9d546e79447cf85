package io.watchfloor.protocol.codec;

import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.ServerMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/// Records to bytes and back, in one of two encodings of the same records.
///
/// In JSON a record is an object with the names of its components; what is null is left out. In CBOR it is an array of
/// its components in declared order. A record of a sealed interface also tells which one it is: in JSON as the property
/// `type`, in CBOR as `[type, record]`, the type being the record's simple name with a small first letter.
/// `docs/PROTOCOL.md` tells the forms of ids, stamps and values.
///
/// Decoding throws [CodecException] and nothing else, whatever the bytes are. Thread-safe.
///
/// Source: RFC 8259 (JSON), RFC 8949 (CBOR), RFC 8742 (CBOR sequences).
public final class RecordCodec {

    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder().maxNestingDepth(24)
            .maxNumberLength(40).maxNameLength(2 * Limits.VALUE_BYTES).maxStringLength(Limits.SERVER_MESSAGE_BYTES)
            .build();

    private static final RecordCodec JSON_CODEC = new RecordCodec(Encoding.JSON, json(), new byte[]{'\n'});
    private static final RecordCodec CBOR_CODEC = new RecordCodec(Encoding.CBOR, cbor(), new byte[0]);

    private final Encoding encoding;
    private final ObjectMapper mapper;
    private final byte[] separator;

    private RecordCodec(Encoding encoding, ObjectMapper mapper, byte[] separator) {
        this.encoding = encoding;
        this.mapper = mapper;
        this.separator = separator;
    }

    public static RecordCodec of(Encoding encoding) {
        return switch (encoding) {
            case JSON -> JSON_CODEC;
            case CBOR -> CBOR_CODEC;
        };
    }

    /// @throws CodecException where a text of the message is not well-formed, as with half of a surrogate pair
    public byte[] encode(Object message) {
        byte @Nullable [] edits = switch (encoding) {
            case CBOR -> Edits.encode(message);
            case JSON -> JsonEdits.encode(message);
        };
        return edits == null ? encodeByMapper(message) : edits;
    }

    /// An answer to a join, of which the greater part was encoded before.
    ///
    /// @param own without snapshot and entries
    /// @param snapshot what [#encode] gave for it; absent where there is none
    /// @param entries what [#encode] gave for each
    public byte[] encodeJoined(ServerMessage.Joined own, byte @Nullable [] snapshot, List<byte[]> entries) {
        return JoinedParts.put(encoding, encode(own), snapshot, entries);
    }

    byte[] encodeByMapper(Object message) {
        try {
            return mapper.writeValueAsBytes(message);
        } catch (JacksonException e) {
            throw new CodecException(ErrorCode.MALFORMED, "This cannot be written: " + firstLine(e));
        }
    }

    /// Joins what [#encode] gave to one frame.
    public byte[] join(List<byte[]> encoded) {
        int size = Math.max(0, encoded.size() - 1) * separator.length;
        for (byte[] bytes : encoded) {
            size += bytes.length;
        }
        ByteBuffer frame = ByteBuffer.allocate(size);
        for (byte[] bytes : encoded) {
            if (frame.position() > 0) {
                frame.put(separator);
            }
            frame.put(bytes);
        }
        return frame.array();
    }

    /// Reads exactly one record.
    ///
    /// @throws CodecException where the bytes hold anything else
    public <T> T decode(byte[] bytes, Class<T> type) {
        List<T> all = decodeAll(bytes, type);
        if (all.size() != 1) {
            throw new CodecException(ErrorCode.MALFORMED, "Expected one record, found " + all.size() + ".");
        }
        return all.getFirst();
    }

    /// Reads all records of a frame.
    ///
    /// @throws CodecException where one of them cannot be read
    public <T> List<T> decodeAll(byte[] bytes, Class<T> type) {
        List<T> edits = encoding == Encoding.CBOR ? Edits.decode(bytes, type) : null;
        return edits == null ? decodeByMapper(bytes, type) : edits;
    }

    <T> List<T> decodeByMapper(byte[] bytes, Class<T> type) {
        List<T> all = new ArrayList<>();
        ObjectReader reader = mapper.readerFor(type);
        try (JsonParser parser = mapper.createParser(bytes)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_NULL) {
                    throw new CodecException(ErrorCode.MALFORMED, "A message is null.");
                }
                T record = reader.readValue(parser);
                if (record == null) {
                    // what the mapper makes of the forms of nothing that CBOR has beside null
                    throw new CodecException(ErrorCode.MALFORMED, "A message is nothing.");
                }
                all.add(record);
            }
            return all;
        } catch (JacksonException e) {
            throw explain(e);
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) {
            // The mapper lets others through for some malformed bytes, such as a type that is no text.
            throw new CodecException(ErrorCode.MALFORMED, "The bytes cannot be read: " + e.getMessage());
        }
    }

    private static CodecException explain(JacksonException e) {
        String place = place(e);
        return switch (e) {
            case StreamConstraintsException _ -> new CodecException(ErrorCode.LIMIT, place + firstLine(e));
            case InvalidTypeIdException unknown when unknown.getTypeId() != null -> new CodecException(
                    ErrorCode.UNKNOWN_MESSAGE, place + "The type '" + unknown.getTypeId() + "' is not known here.");
            default -> new CodecException(ErrorCode.MALFORMED, place + firstLine(e));
        };
    }

    private static String place(JacksonException e) {
        if (!(e instanceof DatabindException databind)) {
            return "";
        }
        String path = databind.getPath().stream()
                .map(step -> step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "" : (path.startsWith(".") ? path.substring(1) : path) + ": ";
    }

    /// The mapper's own words without the names of our classes, which mean nothing to the sender.
    private static String firstLine(JacksonException e) {
        String text = e.getOriginalMessage();
        if (text == null) {
            return "It cannot be read.";
        }
        return text.lines().findFirst().orElse("").replaceAll("\\s*(\\(start marker at )?\\[Source: .*", "")
                .replaceAll("`?(io\\.watchfloor|java|tools\\.jackson)\\.[\\w.$]*[.$](\\w+)`?", "$2");
    }

    private static ObjectMapper json() {
        JsonFactory factory = JsonFactory.builder().streamReadConstraints(CONSTRAINTS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
        return configure(JsonMapper.builder(factory), Encoding.JSON).build();
    }

    private static ObjectMapper cbor() {
        CBORFactory factory = CBORFactory.builder().streamReadConstraints(CONSTRAINTS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        return configure(CBORMapper.builder(factory), Encoding.CBOR).build();
    }

    private static <B extends MapperBuilder<?, B>> B configure(B builder, Encoding encoding) {
        return builder.annotationIntrospector(new RecordIntrospector(encoding)).addModule(Forms.module(encoding))
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                }).enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }
}
