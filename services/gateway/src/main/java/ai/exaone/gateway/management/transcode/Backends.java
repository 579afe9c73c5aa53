package ai.exaone.gateway.management.transcode;

import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.contract.PublicMethod;
import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The services behind the management API: each RPC is called at the service that its proto package names. Thread-safe. */
public final class Backends {
    private final Function<ServiceName, Channel> channels;
    private final Map<String, MethodDescriptor<DynamicMessage, DynamicMessage>> methods = new ConcurrentHashMap<>();

    /**
     * @param channels a channel to each service
     */
    public Backends(Function<ServiceName, Channel> channels) {
        this.channels = channels;
    }

    /**
     * A call of an RPC, not yet started.
     *
     * @param decorate adds the caller to the channel
     */
    public ClientCall<DynamicMessage, DynamicMessage> call(PublicMethod method, Function<Channel, Channel> decorate) {
        Channel channel = decorate.apply(channels.apply(owner(method)));
        return channel.newCall(descriptor(method), CallOptions.DEFAULT);
    }

    private MethodDescriptor<DynamicMessage, DynamicMessage> descriptor(PublicMethod method) {
        return methods.computeIfAbsent(method.descriptor().getFullName(), name -> newDescriptor(method));
    }

    private static MethodDescriptor<DynamicMessage, DynamicMessage> newDescriptor(PublicMethod method) {
        var descriptor = method.descriptor();
        return MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(
                        descriptor.isServerStreaming()
                                ? MethodDescriptor.MethodType.SERVER_STREAMING
                                : MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(
                        descriptor.getService().getFullName(), descriptor.getName()))
                .setRequestMarshaller(
                        ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(descriptor.getInputType())))
                .setResponseMarshaller(
                        ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(descriptor.getOutputType())))
                .build();
    }

    private static ServiceName owner(PublicMethod method) {
        String area = method.descriptor().getFile().getPackage().split("\\.")[1];
        return ServiceName.ofWireName(area)
                .orElseThrow(() -> new IllegalStateException("No service serves the package of " + area));
    }
}
