package ai.exaone.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.ids.IdGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
    @Test
    void everyModelIsDescribedAndHasALicence() {
        assertThat(new Catalogue(new IdGenerator(Clock.systemUTC(), new SecureRandom()), Clock.systemUTC()).models())
                .isNotEmpty()
                .allSatisfy(model -> {
                    assertThat(model.about().description()).as(model.name()).hasSizeGreaterThan(40);
                    assertThat(model.about().licence()).as(model.name()).isNotEmpty();
                    assertThat(model.about().contextTokens()).as(model.name()).isPositive();
                });
    }
}
