package io.frametag.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Python's {@code html.unescape} gives. */
final class HtmlEntitiesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a &amp; b|a & b",
                "&amp|&",
                "&ampx;|&x;",
                "&lt;b&gt;|<b>",
                "&notit;|\u00acit;",
                "&notin;|\u2209",
                "&alpha|&alpha",
                "&alpha;|\u03b1",
                "&unknown;|&unknown;",
                "&#65;&#x42;&#X43|ABC",
                "&#128;|\u20ac",
                "&#0;&#xD800;&#x110000;&#99999999999999999999;|\ufffd\ufffd\ufffd\ufffd",
                "a&#1;&#11;&#127;&#xFDD0;&#x1FFFF;b|ab",
                "&#x1F600;|\ud83d\ude00",
                "&;&#;&#x;& &|&;&#;&#x;& &",
                "&NotEqualTilde;|\u2242\u0338",
                "&CounterClockwiseContourIntegral;|\u2233",
                "&amp;lt;|&lt;",
            })
    void references(String text, String expected) {
        assertThat(HtmlEntities.unescape(text)).isEqualTo(expected);
    }

    @Test
    void whitespaceOfAllKindsCollapses() {
        assertThat(TextCleaner.clean("\u001c a\t\n\u00a0\u3000b\u0085\u2028C &nbsp;&#32;"))
                .isEqualTo("a b c");
        assertThat(TextCleaner.clean("a\u200bb")).isEqualTo("a\u200bb");
    }

    @Test
    void textsEscapedTwiceAreResolved() {
        assertThat(TextCleaner.clean("Q&amp;amp;A &amp;lt;")).isEqualTo("q&a <");
    }

    @Test
    void halfSurrogatePairsAreReplaced() {
        assertThat(TextCleaner.clean("a\ud83d b\ude00")).isEqualTo("a\ufffd b\ufffd");
    }
}
