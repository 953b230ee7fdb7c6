package io.frametag.models.picture;

/**
 * How the colour planes lie under the brightness plane, and how they are enlarged to it. Samples of
 * colour lie in the middle of the samples of brightness that share them.
 *
 * @param across how often the width is halved
 * @param down how often the height is halved
 * @param blendsAcross enlarged along rows with the triangle filter (3 to 1), else repeated
 * @param blendsDown the same along columns
 */
record ChromaGrid(int across, int down, boolean blendsAcross, boolean blendsDown) {

    /** As libjpeg-turbo enlarges by default (jdsample.c); {@link JpegColours} does just that. */
    static ChromaGrid ofJpeg(int across, int down, int width) {
        boolean wide = across == 1 && halved(width, across) > 2;
        boolean blendsDown = down == 1 && (wide || across == 0);
        boolean blendsAcross = wide && down <= 1;
        return new ChromaGrid(across, down, blendsAcross, blendsDown);
    }

    /** Each sample is repeated, as swscale does in video where it does not resize. */
    static ChromaGrid repeated(int across, int down) {
        return new ChromaGrid(across, down, false, false);
    }

    /** The length of a plane's side, of which a last half counts as whole. */
    static int halved(int length, int times) {
        return -(-length >> times);
    }
}
