package ai.exaone.agents;

import ai.exaone.agents.agent.AgentEndpoint;
import ai.exaone.agents.agent.Agents;
import ai.exaone.agents.agent.MySqlAgentStore;
import ai.exaone.agents.agent.MySqlReleaseStore;
import ai.exaone.agents.agent.ReleaseEndpoint;
import ai.exaone.agents.agent.Releases;
import ai.exaone.agents.agent.SpecificationReader;
import ai.exaone.agents.agent.SpecificationSchema;
import ai.exaone.agents.chat.AgentChat;
import ai.exaone.agents.chat.AgentInferenceEndpoint;
import ai.exaone.agents.model.InferenceDoor;
import ai.exaone.agents.model.ModelCaller;
import ai.exaone.agents.run.MySqlJournal;
import ai.exaone.agents.run.MySqlLeaseStore;
import ai.exaone.agents.run.MySqlRunStore;
import ai.exaone.agents.run.RunEndpoint;
import ai.exaone.agents.run.RunFeed;
import ai.exaone.agents.run.RunLoop;
import ai.exaone.agents.run.RunStore;
import ai.exaone.agents.run.RunTokenClient;
import ai.exaone.agents.run.RunTokens;
import ai.exaone.agents.run.RunWatch;
import ai.exaone.agents.run.RunWorker;
import ai.exaone.agents.run.Runs;
import ai.exaone.agents.run.Steps;
import ai.exaone.agents.step.RunSteps;
import ai.exaone.agents.tenancy.DeletedProjects;
import ai.exaone.agents.tenancy.RpcTenancyFeed;
import ai.exaone.agents.tool.SecretClient;
import ai.exaone.agents.tool.Toolboxes;
import ai.exaone.agents.tool.outbound.HostResolver;
import ai.exaone.agents.tool.outbound.OutboundClient;
import ai.exaone.audit.AuditClient;
import ai.exaone.audit.AuditDelivery;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.chores.BackgroundWork;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.watch.WatchFollower;
import ai.exaone.store.StoredTime;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.MySqlCreations;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** The parts of agents, and how they hang together. */
@Factory
final class AgentsFactory {
    @Singleton
    Clock clock() {
        return StoredTime.clock();
    }

    @Singleton
    IdGenerator ids(Clock clock) {
        return new IdGenerator(clock, new SecureRandom());
    }

    @Singleton
    MySqlAuditOutbox auditOutbox(Transactions transactions, IdGenerator ids, Clock clock) {
        return new MySqlAuditOutbox(ServiceName.AGENTS, transactions, ids, clock);
    }

    @Context
    @Bean(preDestroy = "close")
    BackgroundWork backgroundWork(MySqlCreations creations) {
        return BackgroundWork.start(List.of(creations.pruning()));
    }

    @Context
    @Bean(preDestroy = "close")
    AuditDelivery auditDelivery(MySqlAuditOutbox outbox, RpcChannels channels) {
        return new AuditDelivery(outbox, new AuditClient(channels.to(ServiceName.IDENTITY))).start();
    }

    @Singleton
    SpecificationReader specificationReader() {
        return new SpecificationReader(new SpecificationSchema());
    }

    @Singleton
    Agents agents(
            Transactions transactions,
            MySqlCreations creations,
            MySqlAuditOutbox audit,
            SpecificationReader reader,
            IdGenerator ids,
            Clock clock) {
        return new Agents(new MySqlAgentStore(transactions, creations, audit), reader, ids, clock);
    }

    @Singleton
    Releases releases(
            Agents agents,
            Transactions transactions,
            MySqlAuditOutbox audit,
            SpecificationReader reader,
            IdGenerator ids,
            Clock clock) {
        return new Releases(agents, new MySqlReleaseStore(transactions, audit, clock), reader, ids, clock);
    }

    @Singleton
    RunTokens runTokens(RpcChannels channels) {
        return new RunTokenClient(channels.to(ServiceName.IDENTITY));
    }

    @Singleton
    @Bean(preDestroy = "close")
    OutboundClient outboundClient(OutboundSettings settings) {
        return new OutboundClient(settings.policy(), HostResolver.system(), settings.maxResponseBytes());
    }

    @Singleton
    Toolboxes toolboxes(OutboundClient client, RpcChannels channels) {
        return new Toolboxes(client, new SecretClient(channels.to(ServiceName.IDENTITY)));
    }

    @Singleton
    Steps.Source steps(RpcChannels channels, Toolboxes toolboxes, IdGenerator ids, Clock clock) {
        var models = new ModelCaller(new InferenceDoor(channels.to(ServiceName.GATEWAY)));
        return RunSteps.source(models, toolboxes, ids, clock);
    }

    @Singleton
    RunFeed runFeed() {
        return new RunFeed();
    }

    @Singleton
    RunStore runStore(Transactions transactions, MySqlCreations creations, Clock clock) {
        return new MySqlRunStore(transactions, creations, clock);
    }

    @Singleton
    RunLoop runLoop(
            RunStore store,
            Transactions transactions,
            SpecificationReader reader,
            RunTokens tokens,
            Steps.Source steps,
            RunLoop.Surroundings surroundings) {
        return new RunLoop(
                store, new MySqlJournal(transactions, surroundings.clock()), reader, tokens, steps, surroundings);
    }

    @Singleton
    RunLoop.Surroundings surroundings(RunFeed feed, Clock clock) {
        return new RunLoop.Surroundings(feed, clock);
    }

    @Context
    @Bean(preDestroy = "close")
    RunWorker runWorker(WorkerSettings settings, Transactions transactions, RunLoop loop) {
        return new RunWorker(settings.config(), new MySqlLeaseStore(transactions), loop).start();
    }

    @Singleton
    Runs runs(Runs.Catalogue catalogue, RunStore store, RunWorker worker, RunFeed feed, IdGenerator ids, Clock clock) {
        return new Runs(catalogue, store, worker, feed, ids, clock);
    }

    @Singleton
    Runs.Catalogue catalogue(Agents agents, Releases releases) {
        return new Runs.Catalogue(agents, releases);
    }

    @Context
    @Bean(preDestroy = "close")
    WatchFollower tenancy(RpcChannels channels, Agents agents, Runs runs) {
        return WatchFollower.follow(
                channels.to(ServiceName.IDENTITY),
                RpcTenancyFeed.LOG,
                ServiceName.AGENTS.wireName(),
                new RpcTenancyFeed(new DeletedProjects(agents, runs)),
                System::nanoTime);
    }

    @Singleton
    RunWatch runWatch(RunStore store, RunFeed feed) {
        return new RunWatch(store, feed);
    }

    @Singleton
    AgentEndpoint agentEndpoint(Agents agents) {
        return new AgentEndpoint(agents);
    }

    @Singleton
    ReleaseEndpoint releaseEndpoint(Releases releases) {
        return new ReleaseEndpoint(releases);
    }

    @Singleton
    RunEndpoint runEndpoint(Runs runs, RunWatch watch) {
        return new RunEndpoint(runs, watch);
    }

    @Singleton
    AgentInferenceEndpoint inferenceEndpoint(Agents agents, Runs runs, RunWatch watch) {
        return new AgentInferenceEndpoint(new AgentChat(agents, runs, watch));
    }
}
