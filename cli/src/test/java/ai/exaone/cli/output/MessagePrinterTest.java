package ai.exaone.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.proto.identity.v1.Account;
import ai.exaone.proto.identity.v1.AccountMembership;
import ai.exaone.proto.identity.v1.ApiKey;
import ai.exaone.proto.identity.v1.GetAccountResponse;
import ai.exaone.proto.identity.v1.ListApiKeysResponse;
import ai.exaone.proto.identity.v1.Role;
import com.google.protobuf.util.Timestamps;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MessagePrinterTest {
    @Test
    void aMessageIsLinesAndWhatIsInItStandsFurtherIn() {
        GetAccountResponse answer = GetAccountResponse.newBuilder()
                .setAccount(Account.newBuilder()
                        .setSubject("usr_1")
                        .addPlatformPermissions("platform.a")
                        .addPlatformPermissions("platform.b")
                        .addMemberships(AccountMembership.newBuilder()
                                .setTenantName("acme")
                                .setRole(Role.ROLE_TENANT_ADMIN)))
                .build();
        assertThat(print(printer -> printer.lines(answer))).isEqualTo("""
                account:
                  subject: usr_1
                  platform permissions: platform.a, platform.b
                  memberships:
                    tenant name: acme
                    role: tenant-admin
                """);
    }

    @Test
    void timesAreTimes() throws Exception {
        ApiKey key = ApiKey.newBuilder()
                .setKeyId("key_1")
                .setCreateTime(Timestamps.parse("2026-11-23T05:00:00Z"))
                .build();
        assertThat(print(printer -> printer.lines(key))).contains("create time: 2026-11-23T05:00:00Z");
    }

    @Test
    void onlyAPagedAnswerIsAList() {
        assertThat(MessagePrinter.list(ListApiKeysResponse.getDescriptor()))
                .hasValueSatisfying(field -> assertThat(field.getName()).isEqualTo("api_keys"));
        assertThat(MessagePrinter.list(GetAccountResponse.getDescriptor())).isEmpty();
    }

    @Test
    void aProgramIsToldOfWhatIsNotSetToo() {
        assertThat(print(printer -> printer.json(
                        AccountMembership.newBuilder().setTenantId("tnt_1").build())))
                .contains("\"tenantId\":\"tnt_1\"", "\"projectId\":\"\"", "\"role\":\"ROLE_UNSPECIFIED\"");
    }

    @Test
    void enumsAreSpokenBothWays() {
        assertThat(EnumNames.all(Role.getDescriptor())).containsExactly("tenant-admin", "developer", "viewer");
        assertThat(EnumNames.typed(Role.getDescriptor(), "developer"))
                .contains(Role.ROLE_DEVELOPER.getValueDescriptor());
        assertThat(EnumNames.typed(Role.getDescriptor(), "ROLE_VIEWER"))
                .contains(Role.ROLE_VIEWER.getValueDescriptor());
        assertThat(EnumNames.typed(Role.getDescriptor(), "unspecified")).isEmpty();
    }

    private static String print(Consumer<MessagePrinter> what) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        what.accept(new MessagePrinter(out));
        out.flush();
        return text.toString();
    }
}
