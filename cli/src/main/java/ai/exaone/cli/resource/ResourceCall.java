package ai.exaone.cli.resource;

import ai.exaone.cli.CliException;
import ai.exaone.cli.Surroundings;
import ai.exaone.cli.http.ApiClient;
import ai.exaone.cli.http.EventStream;
import ai.exaone.cli.http.Problem;
import ai.exaone.cli.output.MessagePrinter;
import ai.exaone.rpc.contract.PathTemplate;
import ai.exaone.rpc.contract.PublicMethod;
import com.google.api.HttpBody;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One call of an RPC over REST, from what was typed to what is printed. */
final class ResourceCall {
    private static final int MOST_ROWS = 1_000;
    private static final String PAGE = "200";
    /** The answer of an RPC that gives a file as it is. */
    private static final String FILE = HttpBody.getDescriptor().getFullName();

    private final PublicMethod method;
    private final Map<Argument, List<String>> typed;
    private final Surroundings surroundings;
    private final boolean json;

    /**
     * @param typed what was given, in the form it was typed
     * @param json whether a program reads the answer
     */
    ResourceCall(PublicMethod method, Map<Argument, List<String>> typed, Surroundings surroundings, boolean json) {
        this.method = method;
        this.typed = typed;
        this.surroundings = surroundings;
        this.json = json;
    }

    void run() {
        if (method.descriptor().isServerStreaming()) {
            follow();
            return;
        }
        Optional<FieldDescriptor> list = MessagePrinter.list(method.descriptor().getOutputType());
        if (list.isPresent()) {
            rows(list.get());
            return;
        }
        String answer = surroundings.client().call(method.verb().name(), path(), query(), body());
        if (method.descriptor().getOutputType().getFullName().equals(FILE)) {
            surroundings.out().print(answer);
        } else if (json) {
            surroundings.out().println(answer);
        } else {
            new MessagePrinter(surroundings.out()).lines(read(answer));
        }
    }

    /** All pages of a list, as one answer without a page's token. */
    private void rows(FieldDescriptor list) {
        List<Message> rows = new ArrayList<>();
        Map<String, List<String>> query = query();
        query.put("pageSize", List.of(PAGE));
        String token;
        do {
            DynamicMessage page = read(surroundings.client().call("GET", path(), query, Optional.empty()));
            for (int i = 0; i < page.getRepeatedFieldCount(list); i++) {
                rows.add((Message) page.getRepeatedField(list, i));
            }
            token = (String) page.getField(page.getDescriptorForType().findFieldByName("next_page_token"));
            query.put("pageToken", List.of(token));
        } while (!token.isEmpty() && rows.size() < MOST_ROWS);
        MessagePrinter printer = new MessagePrinter(surroundings.out());
        if (json) {
            printer.json(DynamicMessage.newBuilder(method.descriptor().getOutputType())
                    .setField(list, rows)
                    .build());
        } else {
            printer.rows(list, rows);
        }
        if (!token.isEmpty()) {
            surroundings.out().flush();
            throw new CliException("There are more than these " + rows.size() + ". Narrow the list by its options.");
        }
    }

    private void follow() {
        try (EventStream events = surroundings.client().events(path(), query(), Optional.empty())) {
            for (Optional<EventStream.Event> event = events.next(); event.isPresent(); event = events.next()) {
                if (event.get().type().equals("error")) {
                    throw new CliException(Problem.lines(0, event.get().data()));
                }
                surroundings.out().println(event.get().data());
                surroundings.out().flush();
            }
        }
    }

    private DynamicMessage read(String answer) {
        return Surroundings.read(
                        answer, DynamicMessage.newBuilder(method.descriptor().getOutputType()))
                .build();
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (PathTemplate.Segment segment : method.path().segments()) {
            path.append('/');
            switch (segment) {
                case PathTemplate.Segment.Literal(String word) -> path.append(word);
                case PathTemplate.Segment.Variable(String field) -> path.append(ApiClient.segment(pathValue(field)));
            }
        }
        return method.path().verb().isEmpty()
                ? path.toString()
                : path.append(':').append(method.path().verb()).toString();
    }

    private String pathValue(String field) {
        return typed.entrySet().stream()
                .filter(entry -> entry.getKey().field().getName().equals(field))
                .map(entry -> entry.getValue().getLast())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(field + " is not filled"));
    }

    private Map<String, List<String>> query() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        typed.forEach((argument, values) -> {
            if (argument.place() == Argument.Place.QUERY) {
                query.put(
                        argument.field().getJsonName(),
                        values.stream()
                                .map(value -> TypedValue.text(argument.field(), value))
                                .toList());
            }
        });
        boolean creates = method.descriptor().getInputType().findFieldByName("request_id") != null;
        if (creates && !(method.body() instanceof PublicMethod.Body.None)) {
            requestIdParameter()
                    .ifPresent(name -> query.put(name, List.of(UUID.randomUUID().toString())));
        }
        return query;
    }

    /** Where a call's own id goes: with the query, unless the whole request is the body. */
    private Optional<String> requestIdParameter() {
        return method.body() instanceof PublicMethod.Body.Field ? Optional.of("requestId") : Optional.empty();
    }

    private Optional<String> body() {
        if (method.body() instanceof PublicMethod.Body.None) {
            return Optional.empty();
        }
        Struct.Builder body = Struct.newBuilder();
        typed.forEach((argument, values) -> {
            if (argument.place() == Argument.Place.BODY || argument.place() == Argument.Place.SECRET) {
                Value value = TypedValue.json(argument.field(), values);
                body.putFields(argument.field().getJsonName(), value);
            }
        });
        try {
            return Optional.of(
                    JsonFormat.printer().omittingInsignificantWhitespace().print(body));
        } catch (InvalidProtocolBufferException unprintable) {
            throw new IllegalStateException(unprintable);
        }
    }
}
