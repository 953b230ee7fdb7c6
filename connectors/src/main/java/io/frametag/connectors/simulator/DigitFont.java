package io.frametag.connectors.simulator;

/** Five digits, each drawn on three by five cells, one cell apart. */
final class DigitFont {

    private static final int DIGITS = 5;
    private static final int COLUMNS = 3;
    private static final int ROWS = 5;

    /** From the top row down, three bits each. */
    private static final int[] SHAPES = {
        0b111_101_101_101_111,
        0b010_110_010_010_111,
        0b111_001_111_100_111,
        0b111_001_111_001_111,
        0b101_101_111_001_001,
        0b111_100_111_001_111,
        0b111_100_111_101_111,
        0b111_001_001_001_001,
        0b111_101_111_101_111,
        0b111_101_111_001_111,
    };

    private DigitFont() {}

    /** Whether that cell is part of the number, whose first digit begins at (0, 0). */
    static boolean isInk(int number, int column, int row) {
        int digit = column / (COLUMNS + 1);
        int inDigit = column % (COLUMNS + 1);
        if (column < 0 || row < 0 || row >= ROWS || digit >= DIGITS || inDigit >= COLUMNS) {
            return false;
        }
        int value = number;
        for (int i = digit; i < DIGITS - 1; i++) {
            value /= 10;
        }
        int shape = SHAPES[value % 10];
        return (shape >> (ROWS - 1 - row) * COLUMNS + COLUMNS - 1 - inDigit & 1) == 1;
    }
}
