package io.watchfloor.document;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/// What a property can hold. Numbers have one form each: a number without fraction that [Int] can hold is an `Int`,
/// never a `Real`, so that equal values are equal in every encoding. Immutable.
public sealed interface Value {

    record Null() implements Value {}

    record Bool(boolean value) implements Value {}

    /// A whole number that a JSON number holds exactly.
    record Int(long value) implements Value {

        public static final long MAX = (1L << 53) - 1;

        /// The small ones, which most are: places, sizes, seconds.
        private static final Int[] SMALL = new Int[1_024];

        static {
            Arrays.setAll(SMALL, Int::new);
        }

        /// @throws IllegalArgumentException beyond ±(2^53 - 1)
        public Int {
            if (value > MAX || value < -MAX) {
                throw new IllegalArgumentException("a whole number is between -(2^53 - 1) and 2^53 - 1");
            }
        }
    }

    /// A finite number with a fraction, or one too great for [Int]. Made by [Value#of(double)].
    record Real(double value) implements Value {

        /// @throws IllegalArgumentException where the number is not finite, or is an `Int`
        public Real {
            if (!Double.isFinite(value) || isInt(value)) {
                throw new IllegalArgumentException("a real number is finite and not an Int");
            }
        }

        static boolean isInt(double value) {
            return value == Math.rint(value) && Math.abs(value) <= Int.MAX;
        }
    }

    record Str(String value) implements Value {}

    record Items(List<Value> values) implements Value {

        public Items {
            values = List.copyOf(values);
        }
    }

    /// @param values in the order of their names; a copy that cannot be changed
    record Fields(SortedMap<String, Value> values) implements Value {

        public Fields {
            values = FieldMap.copyOf(values);
        }

        /// Both arrays are kept, and must not be changed after this.
        ///
        /// @param names in ascending order, each once; may be those of other values
        /// @throws IllegalArgumentException where they are not
        public static Fields of(String[] names, Value[] values) {
            for (int i = 1; i < names.length; i++) {
                if (names[i - 1].compareTo(names[i]) >= 0) {
                    throw new IllegalArgumentException("the names of fields are in ascending order, each once");
                }
            }
            return new Fields(new FieldMap(names, values));
        }
    }

    Null NULL = new Null();

    static Value of(boolean value) {
        return new Bool(value);
    }

    static Value of(long value) {
        return value >= 0 && value < Int.SMALL.length ? Int.SMALL[(int) value] : new Int(value);
    }

    /// @throws IllegalArgumentException where the number is not finite
    static Value of(double value) {
        return Real.isInt(value) ? of((long) value) : new Real(value);
    }

    static Value of(String value) {
        return new Str(value);
    }
}
