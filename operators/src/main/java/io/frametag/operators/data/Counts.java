package io.frametag.operators.data;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/** Arithmetic on counts by reason. The maps given are not written to. */
@Internal
public final class Counts {

    private Counts() {}

    public static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** With that many more for a reason. */
    public static Map<String, Long> plus(Map<String, Long> counts, String reason, long more) {
        Map<String, Long> sum = new TreeMap<>(counts);
        sum.merge(reason, more, Long::sum);
        return sum;
    }

    /** Both, reason by reason. */
    public static Map<String, Long> plus(Map<String, Long> counts, Map<String, Long> more) {
        if (more.isEmpty()) {
            return counts;
        }
        Map<String, Long> sum = new TreeMap<>(counts);
        more.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return sum;
    }
}
