package io.frametag.operators.data;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A change of the prompt set that could not be made. The prompt set is as it was before.
 *
 * @param id of the prompt
 * @param version of the change
 * @param reason a short fixed word: {@code encoder-error}, {@code too-many} or {@code invalid}
 * @param detail one line that names the cause
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record FailedPrompt(String id, long version, String reason, String detail) {

    public FailedPrompt {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }
}
