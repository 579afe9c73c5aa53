package ai.exaone.store.creation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreationRequestTest {
    private final Descriptor message = message();

    @Test
    void aRequestWithoutAnIdHasNoName() {
        assertThat(CreationRequest.of("tnt_1", request("", "blue"))).isEmpty();
    }

    @Test
    void namesTheTenantTheRpcAndTheCallersId() {
        CreationRequest named =
                CreationRequest.of("tnt_1", request("mine", "blue")).orElseThrow();

        assertThat(named.tenantId()).isEqualTo("tnt_1");
        assertThat(named.rpc()).isEqualTo("CreateThingRequest");
        assertThat(named.requestId()).isEqualTo("mine");
        assertThat(named.contentHash()).matches("[0-9a-f]{64}");
    }

    @Test
    void theSameContentHasTheSameHashUnderAnyId() {
        assertThat(hash("mine", "blue")).isEqualTo(hash("yours", "blue")).isNotEqualTo(hash("mine", "green"));
    }

    private Optional<String> hash(String requestId, String colour) {
        return CreationRequest.of("tnt_1", request(requestId, colour)).map(CreationRequest::contentHash);
    }

    private DynamicMessage request(String requestId, String colour) {
        return DynamicMessage.newBuilder(message)
                .setField(message.findFieldByName("request_id"), requestId)
                .setField(message.findFieldByName("colour"), colour)
                .build();
    }

    private static Descriptor message() {
        var file = FileDescriptorProto.newBuilder()
                .setName("thing.proto")
                .setSyntax("proto3")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("CreateThingRequest")
                        .addField(text("request_id", 1))
                        .addField(text("colour", 2)))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("CreateThingRequest");
        } catch (DescriptorValidationException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private static FieldDescriptorProto text(String name, int number) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(FieldDescriptorProto.Type.TYPE_STRING)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .build();
    }
}
