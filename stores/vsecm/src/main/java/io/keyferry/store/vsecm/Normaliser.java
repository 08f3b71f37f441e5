package io.keyferry.store.vsecm;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Reading;
import io.keyferry.json.Json;
import io.keyferry.json.JsonException;
import io.keyferry.json.JsonReader;
import io.keyferry.json.JsonWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a reading of what Safe answered: opens the envelope, and makes a catalogue of Scout's records. What moves by itself
 * (times of creation and change, correlation ids, the order of records) is left out.
 */
final class Normaliser {
    private static final String RAW = "raw:";

    /** A catalogue is read again as a whole, where a record's value lies in an object in an array. */
    private static final int RECORD_DEPTH = JsonReader.MAX_DEPTH - 2;

    private Normaliser() {}

    /**
     * Reads a body of status 200.
     *
     * @param scout whether all raw secrets were asked for, by the identity's name
     * @throws JsonException if the body is not JSON, or is JSON beyond the limits; so too what a workload's envelope holds. The
     *     only raw secret may be any text
     */
    static Reading.Found read(byte[] body, boolean scout) throws JsonException {
        Json content = opened(JsonReader.read(body), scout);
        Optional<List<Json.Obj>> records = scout ? records(content) : Optional.empty();
        Json value = records.<Json>map(Normaliser::catalogue).orElse(content);
        return new Reading.Found(SecretValue.utf8(JsonWriter.write(value)), Attributes.of(scout, records.isPresent()));
    }

    /** An object with a string {@code data} and one of the strings {@code created} and {@code updated} is an envelope. */
    private static Json opened(Json body, boolean scout) throws JsonException {
        if (!(body instanceof Json.Obj object)) {
            throw JsonException.notAnObject();
        }
        Optional<String> data = object.text("data");
        boolean dated =
                object.text("created").isPresent() || object.text("updated").isPresent();
        return data.isPresent() && dated ? document(data.get(), scout) : object;
    }

    private static Json document(String data, boolean scout) throws JsonException {
        try {
            return JsonReader.read(data);
        } catch (JsonException e) {
            if (!scout || e.isBeyondLimits()) {
                throw e;
            }
            return new Json.Text(data);
        }
    }

    /** An empty array is what somebody stored: Safe makes one of two records or more. */
    private static Optional<List<Json.Obj>> records(Json content) {
        if (!(content instanceof Json.Arr array)) {
            return Optional.empty();
        }
        List<Json.Obj> records = array.elements().stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .filter(record ->
                        record.text("name").isPresent() && record.text("value").isPresent())
                .toList();
        boolean allOfThem =
                !records.isEmpty() && records.size() == array.elements().size();
        return allOfThem ? Optional.of(records) : Optional.empty();
    }

    private static Json.Arr catalogue(List<Json.Obj> records) {
        return new Json.Arr(records.stream()
                .map(Normaliser::entry)
                .sorted(Comparator.comparing(
                                (Json.Obj entry) -> entry.text("name").orElse(""))
                        .thenComparing(JsonWriter::write))
                .<Json>map(entry -> entry)
                .toList());
    }

    private static Json.Obj entry(Json.Obj record) {
        Map<String, Json> entry = new LinkedHashMap<>();
        String name = record.text("name").orElse("");
        entry.put("name", new Json.Text(name.startsWith(RAW) ? name.substring(RAW.length()) : name));
        entry.put("value", value(record));
        if (record.members().get("meta") instanceof Json.Obj meta
                && meta.members().get("namespaces") instanceof Json.Arr namespaces) {
            entry.put("namespaces", namespaces);
        }
        for (String time : List.of("notBefore", "expiresAfter")) {
            record.text(time).filter(text -> !text.isEmpty()).ifPresent(text -> entry.put(time, new Json.Text(text)));
        }
        return new Json.Obj(entry);
    }

    /** A record beyond the limits of JSON is plain text: it must not keep the others from being read. */
    private static Json value(Json.Obj record) {
        String plain = record.text("value").orElse("");
        return record.text("valueTransformed")
                .filter(text -> !text.isEmpty())
                .flatMap(Normaliser::parsed)
                .or(() -> parsed(plain))
                .orElseGet(() -> new Json.Text(plain));
    }

    private static Optional<Json> parsed(String text) {
        try {
            return Optional.of(JsonReader.read(text, RECORD_DEPTH));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }
}
