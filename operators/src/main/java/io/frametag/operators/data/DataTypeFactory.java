package io.frametag.operators.data;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink which serializer each of the data types has; named by their annotations. */
@Internal
public final class DataTypeFactory<T> extends TypeInfoFactory<T> {

    private static final Map<Type, TypeInformation<?>> TYPES =
            Map.ofEntries(
                    entry(Frame.class, new FrameSerializer()),
                    entry(StreamItem.class, new StreamItemSerializer()),
                    entry(StreamReport.class, new StreamReportSerializer()),
                    entry(EncodeResult.class, new EncodeResultSerializer()),
                    entry(FrameEmbedding.class, new FrameEmbeddingSerializer()),
                    entry(FailedFrame.class, new FailedFrameSerializer()),
                    entry(DroppedFrame.class, new DroppedFrameSerializer()),
                    entry(SampledOutFrame.class, new SampledOutFrameSerializer()),
                    entry(FailedPrompt.class, new FailedPromptSerializer()),
                    entry(Prompt.class, new PromptSerializer()),
                    entry(PromptChange.class, new PromptChangeSerializer()),
                    entry(Tag.class, new TagSerializer()),
                    entry(FrameTags.class, new FrameTagsSerializer()),
                    entry(StreamStatus.class, new StreamStatusSerializer()));

    private static <T> Map.Entry<Type, TypeInformation<?>> entry(
            Class<T> type, VersionedSerializer<T> serializer) {
        return Map.entry(type, new VersionedTypeInfo<>(type, serializer));
    }

    @Override
    @SuppressWarnings("unchecked") // each entry's key and value are of one type
    public TypeInformation<T> createTypeInfo(
            Type type, Map<String, TypeInformation<?>> genericParameters) {
        TypeInformation<?> information = TYPES.get(type);
        if (information == null) {
            throw new IllegalArgumentException(type + " has no serializer in " + getClass());
        }
        return (TypeInformation<T>) information;
    }
}
