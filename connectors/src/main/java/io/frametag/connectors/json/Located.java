package io.frametag.connectors.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a JSON or YAML document together with the line it begins on, counted from 1. */
sealed interface Located {

    int line();

    /** The value as a message shows it: short, on one line. */
    String shown();

    record Text(int line, String value) implements Located {
        @Override
        public String shown() {
            return Shown.value(value);
        }
    }

    record Numeric(int line, double value, String written) implements Located {
        @Override
        public String shown() {
            return Shown.value(written);
        }
    }

    /** {@code true} or {@code false}, which no field of ours takes. */
    record Flag(int line, boolean value) implements Located {
        @Override
        public String shown() {
            return String.valueOf(value);
        }
    }

    record Nothing(int line) implements Located {
        @Override
        public String shown() {
            return "null";
        }
    }

    record Items(int line, List<Located> values) implements Located {
        @Override
        public String shown() {
            return "a list";
        }
    }

    record Fields(int line, Map<String, Entry> entries) implements Located {

        /** The value of a field; null where the field is absent or null. */
        @Nullable Located get(String field) {
            Entry entry = entries.get(field);
            return entry == null || entry.value() instanceof Nothing ? null : entry.value();
        }

        @Override
        public String shown() {
            return "an object";
        }
    }

    /** A field's value, and the line on which the field's name stands. */
    record Entry(int line, Located value) {}
}
