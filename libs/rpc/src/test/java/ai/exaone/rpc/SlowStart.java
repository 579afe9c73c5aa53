package ai.exaone.rpc;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/** A service whose second part takes as long to start as it is told, in a process that writes a diary. */
@Factory
@Requires(property = SlowStart.DIARY)
final class SlowStart {
    static final String DIARY = "slow-start.diary";
    static final String SECOND = "slow-start.second";

    public static void main(String[] arguments) {
        ServiceLauncher.run(ServiceName.QUOTA);
    }

    /** What the parts have done, a line each. */
    record Diary(Path file) {
        void write(String line) {
            try {
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    record Part(Diary diary, String name) implements AutoCloseable {
        @Override
        public void close() {
            diary.write(name + " ended");
        }
    }

    record Second(Part part) implements AutoCloseable {
        @Override
        public void close() {
            part.close();
        }
    }

    @Singleton
    Diary diary(@Property(name = DIARY) Path file) {
        return new Diary(file);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Part first(Diary diary) {
        diary.write("first started");
        return new Part(diary, "first");
    }

    @Context
    @Bean(preDestroy = "close")
    Second second(Part first, @Property(name = SECOND) String how) throws InterruptedException {
        first.diary().write("second starts");
        switch (how) {
            case "never" -> new CountDownLatch(1).await();
            case "fails" -> throw new IllegalStateException("The second part cannot start");
            default -> first.diary().write("second started");
        }
        return new Second(new Part(first.diary(), "second"));
    }
}
