package io.frametag.models.text;

import java.util.Locale;

/**
 * What is done to a text before it is split into tokens: character references of HTML resolved
 * twice (for texts escaped twice), whitespace collapsed and stripped, lower case. The notions of
 * whitespace and lower case are Python's, as in training.
 */
final class TextCleaner {

    private TextCleaner() {}

    static String clean(String text) {
        String unescaped = HtmlEntities.unescape(HtmlEntities.unescape(wellFormed(text)));
        return collapse(unescaped).toLowerCase(Locale.ROOT);
    }

    /** Half surrogate pairs have no UTF-8 form; they become the replacement character. */
    private static String wellFormed(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static String collapse(String text) {
        StringBuilder collapsed = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c)) {
                gap = true;
                continue;
            }
            if (gap && !collapsed.isEmpty()) {
                collapsed.append(' ');
            }
            gap = false;
            collapsed.append(c);
        }
        return collapsed.toString();
    }

    private static boolean isSpace(char c) {
        return (c >= 0x9 && c <= 0xD)
                || (c >= 0x1C && c <= 0x20)
                || c == 0x85
                || Character.isSpaceChar(c);
    }
}
