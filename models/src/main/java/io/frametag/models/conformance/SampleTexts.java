package io.frametag.models.conformance;

import java.util.ArrayList;
import java.util.List;

/** Texts to compare text encoders on. */
final class SampleTexts {

    private static final List<String> THINGS =
            List.of(
                    "car",
                    "dog",
                    "bottle",
                    "bicycle",
                    "fox",
                    "mountain",
                    "truck",
                    "boat",
                    "person",
                    "cat");

    private static final List<String> KINDS =
            List.of("red", "blue", "small", "old", "wet", "dirty", "new", "wooden", "fast");

    private SampleTexts() {}

    /** A hundred prompts, many of them close to each other. */
    static List<String> prompts() {
        List<String> prompts = new ArrayList<>();
        for (String thing : THINGS) {
            prompts.add("a photo of a " + thing);
            for (String kind : KINDS) {
                prompts.add("a " + kind + " " + thing);
            }
        }
        return prompts;
    }

    /** Short, long, foreign and strange ones. */
    static List<String> odd() {
        return List.of(
                "",
                "a",
                "smoke",
                "12345",
                "!!!",
                "no people at all",
                "two people shaking hands",
                "fire in a warehouse, seen by a surveillance camera",
                "Ein Hund läuft über die Straße",
                "夜の街を走る赤い車",
                "a person who climbs over a fence at night while another one waits in a white van",
                "an industrial hall with conveyor belts, bottles, caps and labels, workers in blue"
                        + " overalls, a forklift that is loaded with pallets, and a yellow line on"
                        + " the floor that nobody may cross while the alarm is on and the red lamp"
                        + " above the gate flashes");
    }
}
