package io.frametag.models.bench;

/** What is measured against others. Used by one thread. */
public interface Contender {

    String name();

    /** Does its work for a while and returns how many frames a second it took. */
    double framesPerSecond() throws Exception;
}
