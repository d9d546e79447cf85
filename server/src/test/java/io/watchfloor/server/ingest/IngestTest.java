package io.watchfloor.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.Selector;
import io.watchfloor.server.ingest.WriteOutcome.Partly;
import io.watchfloor.server.ingest.WriteOutcome.Stored;
import io.watchfloor.server.store.memory.InMemoryMetricStore;
import io.watchfloor.server.stream.SampleWriter;
import io.watchfloor.server.stream.WriterFigures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class IngestTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final long MS = NOW.toEpochMilli();

    private final InMemoryMetricStore store = new InMemoryMetricStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SampleWriter writer = new SampleWriter(store, new WriterFigures(registry), SampleWriter.QUEUE);
    private final Ingest ingest = new Ingest(writer, () -> NOW, Duration.ofDays(30), new IngestFigures(registry));

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void ingest_SAM1_makesASeriesOfMeasurementAndFieldWithTheTagsAsLabels() {
        assertThat(write("cpu,host=web1,core=0 usage=1.5,idle=3i " + MS + "000000\n")).isEqualTo(new Stored(2));
        assertThat(only("cpu_usage{host='web1',core='0'}")).isEqualTo(1.5);
        assertThat(only("cpu_idle{host='web1'}")).isEqualTo(3);
    }

    @Test
    void ingest_SAM1_readsEveryKindOfNumberAndBoolean() {
        write("m a=1,b=-1.25,c=1e3,d=.5,e=-7i,f=18446744073709551615u,g=t,h=FALSE,i=2.,j=1E-3,"
                + "k=0.1234567890123456789,l=123456789012345678i\n");
        assertThat(List.of(only("m_a"), only("m_b"), only("m_c"), only("m_d"), only("m_e"), only("m_f"), only("m_g"),
                only("m_h"), only("m_i"), only("m_j"), only("m_k"), only("m_l")))
                .containsExactly(1.0, -1.25, 1000.0, 0.5, -7.0, 0x1p64, 1.0, 0.0, 2.0, 0.001, 0.12345678901234568,
                        1.2345678901234568E17);
    }

    @Test
    void ingest_SAM1_readsNumbersAsJavaDoes() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 5_000; i++) {
            String text = random.nextBoolean()
                    ? Double.toString(Double.longBitsToDouble(random.nextLong()))
                    : (random.nextInt(2) == 0 ? "-" : "") + random.nextInt(100_000) + "." + random.nextInt(1_000_000);
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            if (!text.contains("N") && !text.contains("I")) {
                try {
                    assertThat(FieldValue.parse(bytes, 0, bytes.length)).isEqualTo(Double.parseDouble(text));
                } catch (LineException reason) {
                    throw new AssertionError(text, reason);
                }
            }
        }
    }

    @Test
    void ingest_SAM1_takesEscapesAway() {
        write("my\\ app\\,x,tag\\ a=v\\,w\\=x\\ y field\\=z=1\n");
        assertThat(only("my_app_x_field_z{tag_a='v,w=x y'}")).isEqualTo(1);
    }

    @Test
    void ingest_SAM2_replacesWhatASelectorCannotName() {
        write("9disk.io-x,a-b=1 per.cent=1\nölstand,gerät=ß wert=2\njob:rate a=3\n");
        assertThat(only("_9disk_io_x_per_cent{a_b='1'}")).isEqualTo(1);
        assertThat(only("_f6lstand_wert{ger_e4t='ß'}")).isEqualTo(2);
        assertThat(only("job:rate_a")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"ns,000000", "n,000000", "us,000", "u,000", "ms,''"})
    void ingest_SAM3_keepsTimesInMilliseconds(String precision, String zeros) {
        write("a b=1 " + (MS - 1) + zeros + "\n", precision);
        assertThat(line("a_b").times()).containsExactly(MS - 1);
    }

    @Test
    void ingest_SAM3_roundsTimesDownAndTakesTheServersTimeWhereThereIsNone() {
        write("a b=1 " + MS + "999999\n");
        write("c d=1 " + MS / 1000 + "\n", "s");
        write("e f=1\n");
        assertThat(line("a_b").times()).containsExactly(MS);
        assertThat(line("c_d").times()).containsExactly(MS);
        assertThat(line("e_f").times()).containsExactly(MS);
    }

    @Test
    void ingest_SAM3_refusesTimesThatAreTooOldOrAhead() {
        Partly outcome = (Partly) write(
                "a b=1 " + MS + "\na b=1 " + (MS + 700_000) + "000000\na b=1 9223372036854775807\n"
                        + "a b=1 -1\na b=1 1\n");
        assertThat(outcome.refused()).isEqualTo(5);
        assertThat(outcome.problems().getFirst().reason()).contains("1970-01-01", "from when samples are kept",
                "read as nanoseconds", "precision");
        assertThat(outcome.problems().get(1).reason()).contains("10 minutes ahead");
        assertThat(write("a b=1 9223372036854775807\n", "s")).isInstanceOf(Partly.class);
    }

    @Test
    void ingest_SAM4_storesTheGoodLinesOfABodyAndNamesTheOthers() {
        Partly outcome = (Partly) write("a b=1\n\n# comment\na b=x\n  \na c=2\r\nlog msg=\"text\",n=1\n");
        assertThat(outcome.stored()).isEqualTo(2);
        assertThat(outcome.refused()).isEqualTo(2);
        assertThat(outcome.problems()).extracting(LineProblem::line).containsExactly(4, 7);
        assertThat(outcome.text()).isEqualTo("Partial write: 2 lines were refused, 2 samples were stored."
                + " Line 4: The field 'b' has the value 'x', which is neither a number nor a boolean."
                + " Line 7: The field 'msg' is text; only numbers and booleans are stored.");
        assertThat(only("a_b")).isEqualTo(1);
        assertThat(line("a_c").times()).hasSize(1);
        assertThat(store.query(Selector.parse("log_n"), 0, Long.MAX_VALUE, 10).lines()).isEmpty();
        assertThat(registry.get("watchfloor.ingest.samples").counter().count()).isEqualTo(2);
        assertThat(registry.get("watchfloor.ingest.refused.lines").counter().count()).isEqualTo(2);
    }

    @Test
    void ingest_SAM4_namesOnlyTheFirstRefusedLines() {
        Partly outcome = (Partly) write("x\n".repeat(1_000));
        assertThat(outcome.refused()).isEqualTo(1_000);
        assertThat(outcome.problems()).hasSize(20);
        assertThat(outcome.text()).endsWith("And 980 more.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            ",t=1 a=1          | starts without a measurement",
            "m                 | no fields",
            "m,t=1             | no fields",
            "m, a=1            | tag has no name",
            "m,t a=1           | tag 't' has no value",
            "m,t= a=1          | tag 't' has no value",
            "m,=1 a=1          | tag has no name",
            "m,t=a=b a=1       | '=' without a backslash",
            "m,t=1,t=2 a=1     | Two tags have the name 't'",
            "m,t-x=1,t.x=2 a=1 | Two tags have the name 't_x'",
            "m a               | field 'a' has no value",
            "m a=              | field 'a' has no value",
            "m =1              | field has no name",
            "m a=1,            | field has no name",
            "m a=1,a=2         | Two fields make the series 'm_a'",
            "m a=1.2.3         | no number",
            "m a=0x10          | no number",
            "m a=1e            | neither a number",
            "m a=1e999         | too great",
            "m a=--1           | no number",
            "m a=NaN           | neither a number",
            "m a=1.5i          | no whole number",
            "m a=-1u           | no whole number",
            "m a=i             | no whole number",
            "m a=9223372036854775808i | beyond a 64-bit",
            "m a=1f            | neither a number",
            "m a=\"x\"         | is text",
            "m a=1 x           | 'x' is no timestamp",
            "m a=1 1.5         | no timestamp",
            "m a=1 -           | no timestamp",
            "m a=1 99999999999999999999 | no timestamp",
            "m a=1 1 2         | more after the timestamp: '2'"})
    void ingest_SAM4_saysWhatIsWrongWithALine(String line, String reason) {
        Partly outcome = (Partly) write(line + "\n");
        assertThat(outcome.stored()).isZero();
        assertThat(outcome.problems()).singleElement().extracting(LineProblem::reason).asString().contains(reason)
                .endsWith(".");
    }

    @Test
    void ingest_SAM4_repeatsNothingThatCouldDisturbATerminal() {
        Partly outcome = (Partly) write("m a=\u001b[31m\u202e" + "x".repeat(500) + "\n");
        assertThat(outcome.problems().getFirst().reason()).contains("\uFFFD[31m\uFFFDxxx").contains("…")
                .hasSizeLessThan(150).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void ingest_SAM5_neverTakesALineOutOfQuotedText() {
        Partly outcome = (Partly) write("log msg=\"first\nforged value=1\n\\\" forged value=1\n\",n=1\na b=1\n");
        assertThat(outcome.stored()).isEqualTo(1);
        assertThat(outcome.problems()).extracting(LineProblem::line).containsExactly(1);
        assertThat(only("a_b")).isEqualTo(1);
        assertThat(lines("forged_value")).isEmpty();

        String longText = "x\nforged value=1\n".repeat(20_000);
        assertThat(((Partly) write("log msg=\"" + longText + "\"\na c=1\n")).stored()).isEqualTo(1);
        assertThat(((Partly) write("log msg=\"" + longText)).problems()).singleElement()
                .extracting(LineProblem::reason).asString().contains("never closes");
        assertThat(lines("forged_value")).isEmpty();
    }

    @Test
    void ingest_SAM5_takesQuotesInNamesAndTagsAsTheyAre() {
        assertThat(write("a\"b,t=\"x c\"d=1\ne f=2\n")).isEqualTo(new Stored(2));
        assertThat(only("a_b_c_d{t='\"x'}")).isEqualTo(1);
    }

    @Test
    void ingest_SAM6_refusesWhatIsOverALimitAndGoesOn() {
        String many = "m" + ",".repeat(1);
        StringBuilder tags = new StringBuilder(many);
        for (int i = 0; i < 65; i++) {
            tags.append(i == 0 ? "" : ",").append('t').append(i).append("=1");
        }
        Partly outcome = (Partly) write("x".repeat(70_000) + " a=1\n" + "x".repeat(300) + " a=1\n" + "m,t="
                + "x".repeat(1_025) + " a=1\n" + tags + " a=1\nm\u0001 a=1\nm,t=\u0000 a=1\nok a=1");
        assertThat(outcome.stored()).isEqualTo(1);
        assertThat(outcome.problems()).extracting(LineProblem::line).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(outcome.problems().get(0).reason()).contains("longer than 65536 bytes");
        assertThat(outcome.problems().get(2).reason()).contains("value of the tag 't' is longer than 1024 bytes");
        assertThat(outcome.problems().get(3).reason()).contains("more than 64 tags");
    }

    @Test
    void ingest_SAM6_refusesTextThatIsNotUtf8() throws IOException {
        byte[] body = "m,t=\u00e4 a=1\nok a=1\n".getBytes(StandardCharsets.ISO_8859_1);
        Partly outcome = (Partly) ingest.write(new ByteArrayInputStream(body), Precision.NANOSECONDS);
        assertThat(outcome.problems()).singleElement().extracting(LineProblem::reason).asString()
                .contains("is not UTF-8");
        assertThat(outcome.stored()).isEqualTo(1);
    }

    @Test
    void ingest_SAM6_passesOnThatTheSenderIsGone() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> ingest.write(broken, Precision.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void ingest_SAM4_answersAnyBytesWithAnOutcome() throws IOException {
        List<String> seeds = List.of("cpu,host=a,core=0 usage=1.5,idle=3i 1700000000000000000\n", "m a=1\n",
                "log msg=\"a b\\\"c\nd\",n=1u\n", "# c\n", "x\\ y,a\\=b=c\\,d e=t -5\n");
        byte[] alphabet = "\n\r\\\"',= #.\0\u00ff-1ieu\u00c3".getBytes(StandardCharsets.ISO_8859_1);
        int stored = 0;
        int refused = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int lines = random.nextInt(1, 5); lines > 0; lines--) {
                text.append(seeds.get(random.nextInt(seeds.size())));
            }
            byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(6); changes > 0; changes--) {
                body[random.nextInt(body.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            WriteOutcome outcome = ingest.write(new Trickling(body, random), Precision.NANOSECONDS);
            if (outcome instanceof Partly partly) {
                refused += partly.refused();
                assertThat(partly.problems()).as("seed %d", seed).isNotEmpty()
                        .allSatisfy(problem -> assertThat(problem.reason()).matches("(?s)[\\p{Lu}'].*\\."));
            } else {
                assertThat(outcome).as("seed %d", seed).isInstanceOf(Stored.class);
            }
            stored += outcome.stored();
        }
        assertThat(stored).as("the bodies hold good lines").isGreaterThan(1_000);
        assertThat(refused).as("and bad ones").isGreaterThan(1_000);
    }

    @Test
    void scanner_SAM5_findsTheSameLinesHoweverTheBytesCome() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                text.append("m,t=").append("v".repeat(random.nextInt(9_000))).append(" a=\"\n").append(i)
                        .append("\",b=1\n");
            }
            byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(scan(new Trickling(body, random))).as("seed %d", seed)
                    .isEqualTo(scan(new ByteArrayInputStream(body)));
        }
    }

    private static List<String> scan(InputStream in) throws IOException {
        LineScanner scanner = new LineScanner(in);
        List<String> found = new ArrayList<>();
        while (true) {
            LineScanner.Found next = scanner.next();
            if (next == LineScanner.Found.END) {
                return found;
            }
            found.add(scanner.number() + " " + next + " "
                    + new String(scanner.bytes(), scanner.start(), scanner.end() - scanner.start(),
                            StandardCharsets.UTF_8));
        }
    }

    /// Gives a few bytes at a time.
    private static final class Trickling extends ByteArrayInputStream {

        private final SplittableRandom random;

        Trickling(byte[] bytes, SplittableRandom random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, random.nextInt(1, 3_000)));
        }
    }

    private WriteOutcome write(String body) {
        return write(body, "ns");
    }

    private WriteOutcome write(String body, String precision) {
        Precision unit = Objects.requireNonNull(Precision.of(precision));
        try {
            return ingest.write(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), unit);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private List<Line> lines(String selector) {
        return store.query(Selector.parse(selector), 0, Long.MAX_VALUE, 100).lines();
    }

    private Line line(String selector) {
        assertThat(lines(selector)).as(selector).hasSize(1);
        return lines(selector).getFirst();
    }

    private double only(String selector) {
        assertThat(line(selector).values()).as(selector).hasSize(1);
        return line(selector).values()[0];
    }
}
