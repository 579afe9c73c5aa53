package ai.exaone.gateway.management;

import ai.exaone.proto.quota.v1.ExportStatementRequest;
import ai.exaone.proto.quota.v1.StatementServiceGrpc;
import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;

/** Answers with a file that a browser would run if it took it for a page. */
final class ScriptedStatements extends StatementServiceGrpc.StatementServiceImplBase {
    static final String FILE = "\uFEFFmonth,model\r\n2026-03,\"<script>alert(1)</script>\"\r\n";

    @Override
    public void exportStatement(ExportStatementRequest request, StreamObserver<HttpBody> responses) {
        responses.onNext(HttpBody.newBuilder()
                .setContentType("text/csv; charset=utf-8")
                .setData(ByteString.copyFromUtf8(FILE))
                .build());
        responses.onCompleted();
    }
}
