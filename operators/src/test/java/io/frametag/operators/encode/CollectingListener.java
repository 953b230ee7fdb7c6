package io.frametag.operators.encode;

import io.frametag.operators.data.EncodeResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all it hears. */
final class CollectingListener implements EncodeRequest.Listener {

    private final List<EncodeResult> results = new CopyOnWriteArrayList<>();
    private final List<Error> errors = new CopyOnWriteArrayList<>();
    private final List<EncodeRequest.Timings> timings = new CopyOnWriteArrayList<>();

    List<EncodeResult> results() {
        return results;
    }

    List<Error> errors() {
        return errors;
    }

    List<EncodeRequest.Timings> timings() {
        return timings;
    }

    @Override
    public void done(EncodeResult result) {
        results.add(result);
    }

    @Override
    public void broken(Error error) {
        errors.add(error);
    }

    @Override
    public void timed(EncodeRequest.Timings timing) {
        timings.add(timing);
    }
}
