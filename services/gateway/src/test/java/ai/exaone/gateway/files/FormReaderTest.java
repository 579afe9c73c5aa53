package ai.exaone.gateway.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FormReaderTest {
    private static final String TYPE = "multipart/form-data; boundary=edge";
    private static final long LONGEST = 100_000;

    /** However the form is cut into pieces, and whatever stands in it, each part is what was sent. */
    @Property(tries = 300)
    void givesBackWhatWasSent(
            @ForAll @Size(max = 5) List<byte[]> contents, @ForAll @IntRange(min = 1, max = 40) int piece)
            throws IOException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            form.writeBytes(ascii("--edge\r\nContent-Disposition: form-data; name=\"part\"\r\n\r\n"));
            form.writeBytes(tricky(content));
            form.writeBytes(ascii("\r\n"));
        }
        form.writeBytes(ascii("--edge--\r\n"));

        List<byte[]> read = new ArrayList<>();
        FormReader reader = new FormReader(new Pieces(form.toByteArray(), piece), TYPE, LONGEST);
        for (Optional<FormReader.Part> part = reader.next(); part.isPresent(); part = reader.next()) {
            read.add(part.get().content().readAllBytes());
        }

        assertThat(read).hasSameSizeAs(contents);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(tricky(contents.get(i)));
        }
    }

    @Test
    void readsNamesAndPassesOverWhatIsNotRead() throws IOException {
        String form =
                "preamble\r\n--edge\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name=\"file\"; "
                        + "filename=\"a \\\"b\\\".jsonl\"\r\n\r\n{}\r\n--edge\r\ncontent-disposition: form-data; name=purpose\r\n\r\nbatch"
                        + "\r\n--edge--";
        FormReader reader = new FormReader(new Pieces(ascii(form), 7), TYPE, LONGEST);

        FormReader.Part file = reader.next().orElseThrow();
        assertThat(file.name()).isEqualTo("file");
        assertThat(file.filename()).contains("a \"b\".jsonl");
        assertThat(reader.next().orElseThrow().name()).isEqualTo("purpose");
    }

    @Test
    void refusesWhatIsNoForm() {
        for (String type : List.of("", "application/json", "multipart/form-data", "multipart/mixed; boundary=edge")) {
            assertThatThrownBy(() -> new FormReader(InputStream.nullInputStream(), type, LONGEST))
                    .isInstanceOf(PlatformException.class);
        }
        for (String form : List.of(
                "",
                "--edge",
                "--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n{}",
                "--edge\r\n\r\n{}\r\n--edge--\r\n",
                "--edge\r\nX: " + "y".repeat(20_000) + "\r\n\r\n{}\r\n--edge--\r\n")) {
            FormReader reader = new FormReader(new Pieces(ascii(form), 100), TYPE, LONGEST);
            assertThatThrownBy(() -> {
                        for (Optional<FormReader.Part> part = reader.next(); part.isPresent(); part = reader.next()) {
                            part.get().content().readAllBytes();
                        }
                    })
                    .as(form)
                    .isInstanceOf(PlatformException.class);
        }
    }

    @Test
    void refusesAFormThatGoesOnAndOn() throws IOException {
        String form = "--edge\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + "x".repeat(2_000)
                + "\r\n--edge--";
        FormReader reader = new FormReader(new Pieces(ascii(form), 100), TYPE, 1_000);
        FormReader.Part part = reader.next().orElseThrow();
        assertThatThrownBy(() -> part.content().readAllBytes()).isInstanceOf(PlatformException.class);
    }

    /** Bytes that nearly are what parts the form. */
    private static byte[] tricky(byte[] content) {
        byte[] made = new byte[content.length];
        byte[] near = ascii("\r\n--edg");
        for (int i = 0; i < made.length; i++) {
            made[i] = content[i] % 3 == 0 ? content[i] : near[Math.floorMod(content[i], near.length)];
        }
        return made;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Gives out so many bytes at once. */
    private static final class Pieces extends ByteArrayInputStream {
        private final int most;

        Pieces(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, most));
        }
    }
}
