package io.frametag.jobs.cli.models;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Objects of a text and an array of numbers, one line each. */
final class JsonLines {

    private final JsonFactory json = new JsonFactory();
    private final PrintWriter out;

    JsonLines(PrintWriter out) {
        this.out = out;
    }

    void write(String textField, String text, String arrayField, int[] numbers) throws IOException {
        write(
                textField,
                text,
                arrayField,
                generator -> generator.writeArray(numbers, 0, numbers.length));
    }

    void write(String textField, String text, String arrayField, float[] numbers)
            throws IOException {
        write(
                textField,
                text,
                arrayField,
                generator -> {
                    generator.writeStartArray();
                    for (float number : numbers) {
                        generator.writeNumber(number);
                    }
                    generator.writeEndArray();
                });
    }

    @FunctionalInterface
    private interface ArrayWriter {
        void writeTo(JsonGenerator generator) throws IOException;
    }

    private void write(String textField, String text, String arrayField, ArrayWriter array)
            throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(line)) {
            generator.writeStartObject();
            generator.writeStringField(textField, text);
            generator.writeFieldName(arrayField);
            array.writeTo(generator);
            generator.writeEndObject();
        }
        out.println(line);
        out.flush();
    }
}
