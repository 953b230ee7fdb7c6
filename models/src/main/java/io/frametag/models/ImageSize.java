package io.frametag.models;

/**
 * Width and height of a model's input.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record ImageSize(int width, int height) {

    public ImageSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "image size (" + width + "x" + height + ") must be at least 1x1");
        }
    }

    /** Parses {@code N} (a square) or {@code WIDTHxHEIGHT}. */
    public static ImageSize parse(String text) {
        String[] parts = text.trim().toLowerCase(java.util.Locale.ROOT).split("x", -1);
        try {
            int width = Integer.parseInt(parts[0]);
            return switch (parts.length) {
                case 1 -> new ImageSize(width, width);
                case 2 -> new ImageSize(width, Integer.parseInt(parts[1]));
                default -> throw new NumberFormatException(text);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "image size (" + text + ") must be N or WIDTHxHEIGHT in pixels", e);
        }
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
