package io.frametag.models.text;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;

/**
 * Character references of HTML to characters, by the rules of Python's {@code html.unescape}, which
 * the models' texts went through in training: the WHATWG's names, some of them also without their
 * semicolon and then by the longest name that fits, and numbers with the WHATWG's corrections.
 *
 * <p>The names are jsoup's. Its own unescaping follows the rules for a page's text, which differ in
 * what they make of numbers out of range and of names that continue, so only its table is used.
 */
final class HtmlEntities {

    private static final Pattern REFERENCE =
            Pattern.compile("&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\\t\\n\\f <&#;]{1,32};?)");

    /** What the numbers 0x80 to 0x9F stand for: their meaning in windows-1252, mostly. */
    private static final String C1 =
            "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d"
                    + "\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122"
                    + "\u0161\u203a\u0153\u009d\u017e\u0178";

    private HtmlEntities() {}

    static String unescape(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(replacement(match)));
    }

    private static String replacement(MatchResult match) {
        String reference = match.group(1);
        return reference.charAt(0) == '#' ? number(reference) : name(reference);
    }

    private static String name(String reference) {
        boolean closed = reference.endsWith(";");
        String name = closed ? reference.substring(0, reference.length() - 1) : reference;
        if (closed && Entities.isNamedEntity(name)) {
            return Entities.getByName(name);
        }
        for (int end = name.length(); end > 1; end--) {
            String prefix = name.substring(0, end);
            if (Entities.isBaseNamedEntity(prefix)) {
                return Entities.getByName(prefix) + reference.substring(end);
            }
        }
        return "&" + reference;
    }

    private static String number(String reference) {
        boolean hexadecimal = reference.charAt(1) == 'x' || reference.charAt(1) == 'X';
        String digits = reference.substring(hexadecimal ? 2 : 1).replace(";", "");
        return character(value(digits, hexadecimal ? 16 : 10));
    }

    /** The number, or one past the last code point for all that are larger. */
    private static int value(String digits, int radix) {
        int value = 0;
        for (int i = 0; i < digits.length() && value <= Character.MAX_CODE_POINT; i++) {
            value = value * radix + Character.digit(digits.charAt(i), radix);
        }
        return Math.min(value, Character.MAX_CODE_POINT + 1);
    }

    private static String character(int codePoint) {
        if (codePoint >= 0x80 && codePoint <= 0x9F) {
            return C1.substring(codePoint - 0x80, codePoint - 0x7F);
        }
        if (codePoint == 0
                || codePoint > Character.MAX_CODE_POINT
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            return "\ufffd";
        }
        return isRefused(codePoint) ? "" : Character.toString(codePoint);
    }

    /** Control characters and non-characters, which vanish. */
    private static boolean isRefused(int codePoint) {
        return (codePoint >= 0x1 && codePoint <= 0x8)
                || codePoint == 0xB
                || (codePoint >= 0xE && codePoint <= 0x1F)
                || codePoint == 0x7F
                || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF)
                || (codePoint & 0xFFFE) == 0xFFFE;
    }
}
