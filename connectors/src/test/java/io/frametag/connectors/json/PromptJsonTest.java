package io.frametag.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.operators.data.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromptJsonTest {

    private static final Prompt FULL =
            new Prompt(
                    "night",
                    "Night",
                    List.of("a dark street", "a road at night"),
                    List.of("a photo of {}"),
                    List.of("a sunny day"),
                    "time of day",
                    0.4,
                    Set.of("yard", "street"));

    @Test
    void promptsRoundTripAndFitTheirSchema() throws Exception {
        RecordSchema schema = new RecordSchema("prompt");
        for (Prompt prompt :
                List.of(FULL, Prompt.of("dog", "a dog"), Prompt.of("狗 é", "un chien"))) {
            byte[] json = PromptJson.write(prompt);

            assertThat(PromptJson.read("prompt", json)).isEqualTo(prompt);
            assertThat(schema.problems(json)).isEmpty();
        }
    }

    @Test
    void theLabelDefaultsToTheIdAndNullsToAbsence() throws Exception {
        Prompt prompt = read("{'id':'dog','texts':['a dog'],'group':null,'threshold':null}");

        assertThat(prompt)
                .isEqualTo(
                        new Prompt(
                                "dog",
                                "dog",
                                List.of("a dog"),
                                List.of(),
                                List.of(),
                                null,
                                null,
                                Set.of()));
    }

    /** Each is refused by the reader and by the published schema, so that the two agree. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'texts':['a dog']} | field id is missing",
                "{'id':null,'texts':['a dog']} | field id is missing",
                "{'id':7,'texts':['a dog']} | id (7) must be text",
                "{'id':'','texts':['a dog']} | id () must have from 1 to 249 characters",
                "{'id':' ','texts':['a dog']} | id ( ) must have from 1 to 249 characters",
                "{'id':'a\\u0007b','texts':['x']} | id (a\\u0007b) must have no control characters",
                "{'id':'dog','label':true,'texts':['x']} | label (true) must be text",
                "{'id':'dog'} | field texts is missing",
                "{'id':'dog','texts':[]} | texts ([]) must have one or more descriptions",
                "{'id':'dog','texts':'a dog'} | texts (a dog) must be a list",
                "{'id':'dog','texts':['']} | texts () must have from 1 to 2000 characters",
                "{'id':'dog','texts':[3]} | texts (3) must be text",
                "{'id':'dog','texts':['x'],'templates':['a photo']} | templates (a photo) must contain {}",
                "{'id':'dog','texts':['x'],'threshold':1.4} | threshold (1.4) must be a number from 0 to 1",
                "{'id':'dog','texts':['x'],'threshold':-1} | threshold (-1) must be a number from 0 to 1",
                "{'id':'dog','texts':['x'],'threshold':'0.5'} | threshold (0.5) must be a number from 0 to 1",
                "{'id':'dog','texts':['x'],'treshold':0.5} | field (treshold) is not known; a prompt has id, label",
                "{'id':'dog','texts':['x'],'streams':['a\\nb']} | streams (a\\u000ab) must have no control characters",
                "{'id':'dog','texts':['x'],'group':{}} | group (an object) must be text",
                "['dog'] | prompt (a list) must be an object with id",
            })
    void badPromptsAreRefusedInOneLine(String json, String problem) throws Exception {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(PromptException.class)
                .hasMessageStartingWith("prompt, line 1: " + problem)
                .message()
                .doesNotContain("\n");
        assertThat(new RecordSchema("prompt").problems(utf8(json))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':'dog','id':'cat','texts':['x']} | field (id) must be given once; it is also on line 1",
                "{'id':'dog','texts':['x']} {} | one document is expected, but more follows",
                "{'id':'dog', | not well-formed: ",
                "`` | the document is empty",
                "{'id':'dog','texts':['x'],'threshold':NaN} | not well-formed: ",
                "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]] | nested more than 16 deep",
            })
    void whatIsNotOneJsonObjectIsRefused(String json, String problem) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(PromptException.class)
                .hasMessageStartingWith("prompt, line 1: " + problem);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] bytes = {'{', '"', (byte) 0xFF, (byte) 0xFE, '"', ':', '1', '}'};

        assertThatThrownBy(() -> PromptJson.read("prompt", bytes))
                .isInstanceOf(PromptException.class)
                .hasMessageStartingWith("prompt");
    }

    private static Prompt read(String json) throws PromptException {
        return PromptJson.read("prompt", utf8(json));
    }

    private static byte[] utf8(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
