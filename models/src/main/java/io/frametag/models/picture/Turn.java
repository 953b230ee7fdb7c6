package io.frametag.models.picture;

/**
 * Turns rows of samples to the right.
 *
 * @param quarters of a circle, from 1 to 3
 */
record Turn(int quarters) {

    Turn {
        if (quarters < 1 || quarters > 3) {
            throw new IllegalArgumentException(
                    "quarter turns (" + quarters + ") must be from 1 to 3");
        }
    }

    /** The width that such samples have when they are turned. */
    int width(int width, int height) {
        return quarters == 2 ? width : height;
    }

    /** The height that such samples have when they are turned. */
    int height(int width, int height) {
        return quarters == 2 ? height : width;
    }

    /**
     * @param in rows without padding
     * @param bytes of one sample
     */
    byte[] samples(byte[] in, int width, int height, int bytes) {
        byte[] out = new byte[in.length];
        int outWidth = width(width, height);
        int outHeight = height(width, height);
        for (int y = 0, to = 0; y < outHeight; y++) {
            for (int x = 0; x < outWidth; x++) {
                int fromX = quarters == 1 ? y : quarters == 2 ? width - 1 - x : width - 1 - y;
                int fromY = quarters == 1 ? height - 1 - x : quarters == 2 ? height - 1 - y : x;
                int from = bytes * (fromY * width + fromX);
                for (int i = 0; i < bytes; i++) {
                    out[to++] = in[from + i];
                }
            }
        }
        return out;
    }
}
