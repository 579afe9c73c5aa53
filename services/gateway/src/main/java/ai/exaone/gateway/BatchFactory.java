package ai.exaone.gateway;

import ai.exaone.chores.BackgroundWork;
import ai.exaone.chores.Chore;
import ai.exaone.gateway.auth.KeyCallers;
import ai.exaone.gateway.auth.RpcKeyIds;
import ai.exaone.gateway.batches.BatchWork;
import ai.exaone.gateway.batches.BatchWorkers;
import ai.exaone.gateway.batches.Batches;
import ai.exaone.gateway.batches.BatchesConfig;
import ai.exaone.gateway.batches.LineDoor;
import ai.exaone.gateway.batches.MySqlBatchJournal;
import ai.exaone.gateway.batches.MySqlBatchStore;
import ai.exaone.gateway.files.CallerFiles;
import ai.exaone.gateway.files.FileShelf;
import ai.exaone.gateway.files.FileStore;
import ai.exaone.gateway.files.MySqlFileStore;
import ai.exaone.gateway.inference.ActiveCalls;
import ai.exaone.gateway.inference.Inference;
import ai.exaone.gateway.inference.LineCalls;
import ai.exaone.gateway.inference.Operations;
import ai.exaone.gateway.relay.client.Reception;
import ai.exaone.gateway.relay.client.RequestBounds;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.token.TokenVerifier;
import ai.exaone.store.crypto.MasterKey;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.netty.channel.EventLoopGroupRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Files and batches: what callers ask of them, and what works on them. */
@Factory
final class BatchFactory {
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration FORGET_INTERVAL = Duration.ofMinutes(10);
    private static final int FORGET_AT_ONCE = 200;

    @Singleton
    FileStore fileStore(KeptDatabase database, MasterKey masterKey) {
        return new MySqlFileStore(database, masterKey);
    }

    @Singleton
    MySqlBatchStore batchStore(KeptDatabase database, MasterKey masterKey) {
        return new MySqlBatchStore(database, masterKey);
    }

    @Singleton
    MySqlBatchJournal batchJournal(KeptDatabase database, MasterKey masterKey) {
        return new MySqlBatchJournal(database, masterKey);
    }

    @Singleton
    FileShelf fileShelf(FileStore store, IdGenerator ids, Clock clock) {
        return new FileShelf(store, () -> ids.next("file"), clock);
    }

    @Singleton
    CallerFiles callerFiles(FileStore store, FileShelf shelf, Clock clock, BatchSettings settings) {
        return new CallerFiles(store, shelf, clock, settings.files());
    }

    @Singleton
    Batches batches(MySqlBatchStore store, FileStore files, IdGenerator ids, Clock clock, BatchSettings settings) {
        return new Batches(store, files, () -> ids.next("batch"), clock, settings.batches(), settings.fileRetention());
    }

    @Singleton
    KeyCallers keyCallers(RpcChannels channels, TokenVerifier tokens, BeanProvider<Feeds> feeds, Clock clock) {
        return new KeyCallers(
                new RpcKeyIds(channels.to(ServiceName.IDENTITY), tokens),
                () -> feeds.get().keys().silence(),
                clock,
                System::nanoTime);
    }

    @Singleton
    LineDoor lineDoor(
            Inference inference,
            Operations operations,
            ActiveCalls active,
            RequestBounds bounds,
            EventLoopGroupRegistry loops,
            Clock clock) {
        return new LineCalls(inference, operations, active, bounds, loops.getDefaultEventLoopGroup(), clock);
    }

    @Singleton
    BatchWork batchWork(
            MySqlBatchJournal journal,
            FileShelf shelf,
            LineDoor door,
            KeyCallers callers,
            BatchSettings settings,
            Clock clock) {
        return new BatchWork(journal, shelf, door, callers, settings.batches(), clock);
    }

    @Singleton
    @Bean(preDestroy = "close")
    BatchWorkers batchWorkers(
            MySqlBatchJournal journal,
            BatchWork work,
            GatewayConfig config,
            BatchSettings settings,
            Reception reception) {
        return new BatchWorkers(journal, work, config.id(), settings.lease(), () -> !reception.isOpen());
    }

    @Context
    @Bean(preDestroy = "close")
    BatchChores batchChores(
            KeptDatabase database,
            BeanProvider<BatchWorkers> workers,
            FileStore files,
            MySqlBatchStore batches,
            Clock clock,
            BatchSettings settings) {
        if (!database.isThere()) {
            return new BatchChores(List.of());
        }
        BatchesConfig config = settings.batches();
        return new BatchChores(List.of(BackgroundWork.start(List.of(
                new Chore(
                        "Taking up batches", LOOK_INTERVAL, () -> workers.get().takeUp()),
                new Chore(
                        "Forgetting files",
                        FORGET_INTERVAL,
                        () -> forget(() -> files.forget(clock.instant(), FORGET_AT_ONCE))),
                new Chore(
                        "Forgetting batches",
                        FORGET_INTERVAL,
                        () -> forget(
                                () -> batches.forget(clock.instant().minus(config.retention()), FORGET_AT_ONCE)))))));
    }

    private static void forget(Supplier<Integer> removal) {
        while (removal.get() >= FORGET_AT_ONCE && !Thread.currentThread().isInterrupted()) {
            continue;
        }
    }

    /** The chores of a gateway that keeps something; none of another. */
    record BatchChores(List<BackgroundWork> work) implements AutoCloseable {
        @Override
        public void close() {
            work.forEach(BackgroundWork::close);
        }
    }
}
