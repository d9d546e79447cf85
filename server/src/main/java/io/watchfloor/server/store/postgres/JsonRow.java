package io.watchfloor.server.store.postgres;

import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Records in columns `format` and `body`. The format number rises when bodies change so that they are read otherwise;
/// every later version reads the earlier ones.
final class JsonRow {

    static final int FORMAT = 1;

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.JSON);

    private JsonRow() {}

    static String body(Object document) {
        return new String(CODEC.encode(document), StandardCharsets.UTF_8);
    }

    static <T> T read(ResultSet row, Class<T> type) throws SQLException {
        int format = row.getInt("format");
        if (format != FORMAT) {
            throw new StoreException(("A row of the database has format %d, and this version reads formats up to %d; "
                    + "start the newer version again.").formatted(format, FORMAT));
        }
        try {
            return CODEC.decode(row.getString("body").getBytes(StandardCharsets.UTF_8), type);
        } catch (CodecException e) {
            throw new StoreException("A row of the database cannot be read: " + e.getMessage(), e);
        }
    }
}
