package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a savepoint keeps of a {@link VersionedSerializer}: its class. The version of the layout is
 * in each value, so the same class always reads what it wrote.
 */
@Internal
public final class VersionedSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {

    private static final int VERSION = 1;

    private @Nullable VersionedSerializer<T> serializer;

    /** For Flink, which calls {@link #readSnapshot} next. */
    public VersionedSerializerSnapshot() {}

    VersionedSerializerSnapshot(VersionedSerializer<T> serializer) {
        this.serializer = serializer;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(restoreSerializer().getClass().getName());
    }

    @Override
    @SuppressWarnings("unchecked") // the class written by writeSnapshot
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
        Class<VersionedSerializer<T>> type =
                InstantiationUtil.resolveClassByName(
                        in, loader, (Class<VersionedSerializer<T>>) (Class<?>) rawType());
        serializer = InstantiationUtil.instantiate(type);
    }

    private static Class<?> rawType() {
        return VersionedSerializer.class;
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        if (serializer == null) {
            throw new IllegalStateException("readSnapshot comes before restoreSerializer");
        }
        return serializer;
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> old) {
        return old instanceof VersionedSerializerSnapshot<T> that
                        && that.restoreSerializer().equals(restoreSerializer())
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
