package io.keyferry.acceptance.vaultsecret;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.util.List;

/**
 * A kind of value that a secret may hold.
 *
 * @param json the value exactly as it is written to Vault
 */
record Sample(String name, String json) implements JsonSerializable {
    static final List<Sample> ALL = List.of(
            new Sample("string", "\"plain text\""),
            new Sample("small int", "123"),
            new Sample("port", "65535"),
            new Sample("below a million", "999999"),
            new Sample("a million", "1000000"),
            new Sample("above a million", "1234567"),
            new Sample("negative int", "-1000001"),
            new Sample("int of 20 digits", "12345678901234567890"),
            new Sample("float", "0.5"),
            new Sample("float with a zero at its end", "1.50"),
            new Sample("exponent", "1e3"),
            new Sample("tiny float", "0.00001"),
            new Sample("true", "true"),
            new Sample("false", "false"),
            new Sample("null", "null"),
            new Sample("object", "{\"deep\":{\"er\":\"x\",\"number\":7},\"list\":[true]}"),
            new Sample("array", "[\"a\",{\"b\":2},[1.5],null]"),
            new Sample("empty object", "{}"),
            new Sample("empty array", "[]"),
            new Sample("empty string", "\"\""),
            new Sample("unicode", "\"čau 日本 😀\""),
            new Sample("html", "\"<a href='x'>&amp;</a>\""),
            new Sample("newline", "\"first\\nsecond\\n\""),
            new Sample("string that looks like a number", "\"007\""),
            new Sample("string that looks like a boolean", "\"yes\""),
            new Sample("string that looks like null", "\"~\""),
            new Sample("string that holds JSON", "\"{\\\"a\\\": [1]}\""),
            new Sample("control character", "\"a\\u0001c\""));

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeRawValue(json);
    }

    @Override
    public void serializeWithType(JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(generator, provider);
    }
}
