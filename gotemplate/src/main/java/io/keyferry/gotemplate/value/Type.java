package io.keyferry.gotemplate.value;

import java.util.List;

/** A Go type. {@link #goName()} is what {@code %T} prints and what error messages say. */
public sealed interface Type {
    /** For example {@code float64} or {@code map[string]interface {}}. */
    String goName();

    /** The value that a variable of this type has before it is set; nil for {@link Basic#ANY}. */
    Value zero();

    /** Types without parts. */
    enum Basic implements Type {
        ANY("interface {}"),
        BOOL("bool"),
        INT("int"),
        INT32("int32"),
        INT64("int64"),
        UINT8("uint8"),
        UINT64("uint64"),
        FLOAT64("float64"),
        COMPLEX128("complex128"),
        STRING("string"),
        MONTH("time.Month"),
        WEEKDAY("time.Weekday"),
        DURATION("time.Duration"),
        TIME("time.Time");

        private final String goName;

        Basic(String goName) {
            this.goName = goName;
        }

        @Override
        public String goName() {
            return goName;
        }

        /** Whether values of this type are {@link IntValue}s. */
        public boolean isInteger() {
            return switch (this) {
                case INT, INT32, INT64, UINT8, UINT64, MONTH, WEEKDAY, DURATION -> true;
                case ANY, BOOL, FLOAT64, COMPLEX128, STRING, TIME -> false;
            };
        }

        public boolean isUnsigned() {
            return this == UINT8 || this == UINT64;
        }

        @Override
        public Value zero() {
            return switch (this) {
                case ANY -> NilValue.NIL;
                case BOOL -> BoolValue.FALSE;
                case INT, INT32, INT64, UINT8, UINT64, MONTH, WEEKDAY, DURATION -> new IntValue(this, 0);
                case FLOAT64 -> new FloatValue(0);
                case COMPLEX128 -> new ComplexValue(0, 0);
                case STRING -> StringValue.EMPTY;
                case TIME -> TimeValue.ZERO;
            };
        }
    }

    /** A slice. */
    record ListOf(Type element) implements Type {
        @Override
        public String goName() {
            return "[]" + element.goName();
        }

        @Override
        public Value zero() {
            return ListValue.nil(this);
        }
    }

    /** A map with string keys; of a named type, if its name says so. */
    record MapOf(String goName, Type element) implements Type {
        public MapOf(Type element) {
            this("map[string]" + element.goName(), element);
        }

        @Override
        public Value zero() {
            return MapValue.nil(this);
        }
    }

    /** A struct with exported fields, by the name that Go prints, for example {@code main.Secret}. */
    record Struct(String goName, List<Field> fields) implements Type {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public Value zero() {
            return new StructValue(
                    this, fields.stream().map(field -> field.type().zero()).toList());
        }

        /** The position of a field, or -1 when there is none of this name. */
        public int indexOf(String field) {
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).name().equals(field)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** A field of a struct. */
    record Field(String name, Type type) {}
}
