package ai.exaone.gateway.management.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.rpc.contract.Contracts;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
    private static final Path COMMITTED = Path.of(System.getProperty("exaone.root"), "proto", "openapi.json");
    private static final Contracts CONTRACTS = Contracts.load();

    /** Writes the document anew with {@code -Dexaone.openapi.write=true}; otherwise says that it is stale. */
    @Test
    void theCommittedDocumentIsThatOfTheContracts() throws IOException {
        String document = OpenApiDocument.json(CONTRACTS);
        if (Boolean.getBoolean("exaone.openapi.write")) {
            Files.writeString(COMMITTED, document);
        }
        assertThat(Files.readString(COMMITTED))
                .as("proto/openapi.json is stale: run ./exaone generate")
                .isEqualTo(document);
    }

    @Test
    void aParserFindsNothingWrong() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result =
                new OpenAPIV3Parser().readContents(OpenApiDocument.json(CONTRACTS), List.of(), options);
        assertThat(result.getMessages()).isEmpty();
        List<Operation> operations = result.getOpenAPI().getPaths().values().stream()
                .map(PathItem::readOperations)
                .flatMap(List::stream)
                .toList();
        assertThat(operations).hasSameSizeAs(CONTRACTS.methods());
        assertThat(operations).extracting(Operation::getOperationId).doesNotHaveDuplicates();
        assertThat(operations)
                .extracting(Operation::getDescription)
                .allSatisfy(text -> assertThat(text).isNotBlank());
    }
}
