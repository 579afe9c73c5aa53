package ai.exaone.store.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.exaone.errors.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void aPageHasFiftyItemsUnlessSaidOtherwise() {
        assertThat(PageRequest.of(0, "")).isEqualTo(PageRequest.first(50));
        assertThat(PageRequest.of(7, "").size()).isEqualTo(7);
        assertThat(PageRequest.of(7, "").rows()).isEqualTo(8);
        assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.first(201));
        assertThatIllegalArgumentException().isThrownBy(() -> PageRequest.of(-1, ""));
    }

    @Property
    void pagesOfAListAreTheListInItsOrder(
            @ForAll List<@NotEmpty String> names, @ForAll @IntRange(min = 1, max = 200) int size) {
        var all = List.copyOf(new TreeSet<>(names));
        var read = new ArrayList<String>();
        String token = "";
        do {
            Page<String> page = Page.among(PageRequest.of(size, token), all, name -> name);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
            read.addAll(page.items());
            token = page.nextToken();
        } while (!token.isEmpty());

        assertThat(read).isEqualTo(all);
    }

    @Test
    void aTokenSaysWhereThePageEnded() {
        var page = Page.of(PageRequest.first(2), List.of("a", "b", "c"), item -> PageToken.of(item, "한국 " + item));

        assertThat(page.items()).containsExactly("a", "b");
        assertThat(PageRequest.of(2, page.nextToken()).after(2)).contains(PageToken.of("b", "한국 b"));
        assertThat(page.map(String::toUpperCase)).isEqualTo(new Page<>(List.of("A", "B"), page.next()));
    }

    @Test
    void aTokenOfAnotherListIsRefused() {
        String token = new Page<>(List.of(), Optional.of(PageToken.of("a", "b"))).nextToken();

        assertRefused(() -> PageRequest.of(0, token).after());
        assertRefused(() -> PageRequest.of(0, token).after(3));
        assertRefused(() -> PageRequest.of(0, "not of ours!"));
    }

    @Test
    void aPlaceHasTheFormOfItsList() {
        String token = new Page<>(List.of(), Optional.of(PageToken.of("12"))).nextToken();

        assertThat(PageRequest.of(0, token).after(Pattern.compile("[0-9]+"))).contains("12");
        assertThat(PageRequest.first(1).after(Pattern.compile("[0-9]+"))).isEmpty();
        assertRefused(() -> PageRequest.of(0, token).after(Pattern.compile("[a-z]+")));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(PagingError.PAGE_TOKEN_INVALID));
    }
}
