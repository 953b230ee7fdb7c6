package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Base of all of Frametag's serializers. The values are immutable, so a copy is the value itself
 * and operators of one chain share it.
 *
 * <p>Each value is preceded by one byte with the version of its layout. A serializer writes its
 * newest version and reads all that were ever released, value by value, so state and records of
 * older releases need no migration. Golden bytes of each release are kept in the tests.
 *
 * <p>Stateless, so one instance may serve any number of threads. Subclasses need a public
 * constructor without parameters; it is how a savepoint finds them again.
 */
@Internal
public abstract class VersionedSerializer<T> extends TypeSerializer<T> {

    private static final long serialVersionUID = 1L;

    /** The newest version of the layout, from 1 to 255; written by {@link #write}. */
    protected abstract int version();

    /** Writes all of the value, without the version. */
    protected abstract void write(T value, DataOutputView out) throws IOException;

    /**
     * Reads what {@link #write} of that version wrote; {@code version} is one that was released.
     */
    protected abstract T read(int version, DataInputView in) throws IOException;

    @Override
    public final void serialize(T value, DataOutputView out) throws IOException {
        out.writeByte(version());
        write(value, out);
    }

    @Override
    public final T deserialize(DataInputView in) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > version()) {
            throw new IOException(
                    getClass().getSimpleName()
                            + " reads layouts 1 to "
                            + version()
                            + " but found "
                            + version
                            + ": the state is corrupt or of a newer release of Frametag");
        }
        return read(version, in);
    }

    @Override
    public final T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public final void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public final T copy(T value) {
        return value;
    }

    @Override
    public final T copy(T value, T reuse) {
        return value;
    }

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    @Override
    public final TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    public final @Nullable T createInstance() {
        return null;
    }

    @Override
    public final int getLength() {
        return -1;
    }

    @Override
    public final TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new VersionedSerializerSnapshot<>(this);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }
}
