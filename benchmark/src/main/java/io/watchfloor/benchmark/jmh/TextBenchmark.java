package io.watchfloor.benchmark.jmh;

import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextEdit;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Types single characters into a text that grows to 10,000 of them, then into a new one. Next to it stands a `Y.Text`,
/// with the same places in the same order. Confined to one thread.
@State(Scope.Thread)
public class TextBenchmark extends EditBenchmark {

    private static final int LONGEST = 10_000;
    /// Characters that a person types before going on elsewhere.
    private static final int RUN = 40;
    private static final ElementId ELEMENT = new ElementId(0x9e3779b97f4a7c15L);

    private int length;
    private int seed = 1;
    private int caret;

    /// Types as people do: 40 characters on end, then 40 elsewhere.
    @Benchmark
    public Document type() {
        bound();
        caret = length % RUN == 0 ? place() : caret + 1;
        return insert(caret);
    }

    /// Types each character somewhere else.
    @Benchmark
    public Document scatter() {
        bound();
        return insert(place());
    }

    private void bound() {
        if (length == LONGEST) {
            beginAnew();
            length = 0;
            seed = 1;
        }
    }

    /// Some place in the text, by a linear congruential generator that JavaScript can follow.
    private int place() {
        seed = seed * 1_664_525 + 1_013_904_223;
        return (seed >>> 8) % (length + 1);
    }

    private Document insert(int at) {
        TextEdit edit = new TextEdit(ELEMENT, Properties.TEXT, revision, Delta.insert(at, "x"));
        mine.apply(edit);
        length++;
        send(List.of(edit), 1_794_700_226_442L);
        return theirs;
    }
}
