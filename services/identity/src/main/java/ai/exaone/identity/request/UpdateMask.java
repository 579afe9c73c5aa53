package ai.exaone.identity.request;

import ai.exaone.errors.PlatformException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which fields of a resource an update changes. */
public final class UpdateMask {
    private UpdateMask() {}

    /**
     * The names of the fields to change.
     *
     * @param values the new values; without a mask the fields present in them are meant
     * @param changeable the fields that may be changed
     * @throws PlatformException UPDATE_MASK_INVALID if another field is named
     */
    public static Set<String> of(FieldMask mask, Message values, Set<String> changeable) {
        Set<String> fields = new LinkedHashSet<>(mask.getPathsList());
        if (fields.isEmpty()) {
            values.getAllFields().keySet().stream().map(FieldDescriptor::getName).forEach(fields::add);
        }
        for (String field : fields) {
            if (!changeable.contains(field)) {
                throw PlatformException.because(
                                RequestError.UPDATE_MASK_INVALID, "The field " + field + " cannot be changed.")
                        .violation("update_mask", "names " + field + ", which cannot be changed")
                        .build();
            }
        }
        return fields;
    }
}
