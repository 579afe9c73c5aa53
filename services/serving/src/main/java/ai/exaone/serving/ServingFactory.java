package ai.exaone.serving;

import ai.exaone.audit.AuditClient;
import ai.exaone.audit.AuditDelivery;
import ai.exaone.audit.MySqlAuditOutbox;
import ai.exaone.chores.BackgroundWork;
import ai.exaone.ids.IdGenerator;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.watch.WatchServer;
import ai.exaone.serving.deployment.DeploymentEndpoint;
import ai.exaone.serving.deployment.DeploymentStore;
import ai.exaone.serving.deployment.DeploymentStreamsWire;
import ai.exaone.serving.deployment.DeploymentWire;
import ai.exaone.serving.deployment.Deployments;
import ai.exaone.serving.deployment.MySqlDeploymentRows;
import ai.exaone.serving.deployment.MySqlDeploymentStore;
import ai.exaone.serving.engine.EngineProfiles;
import ai.exaone.serving.health.EngineProbe;
import ai.exaone.serving.installed.MySqlInstallations;
import ai.exaone.serving.launcher.Launchers;
import ai.exaone.serving.launcher.process.ProcessLauncher;
import ai.exaone.serving.launcher.process.ProcessLauncherConfig;
import ai.exaone.serving.model.Catalogue;
import ai.exaone.serving.model.ModelEndpoint;
import ai.exaone.serving.model.ModelStore;
import ai.exaone.serving.model.Models;
import ai.exaone.serving.model.MySqlModelStore;
import ai.exaone.serving.model.TenantModels;
import ai.exaone.serving.published.MySqlPublishedLog;
import ai.exaone.serving.published.PublishedLog;
import ai.exaone.serving.replica.Desires;
import ai.exaone.serving.replica.Fleet;
import ai.exaone.serving.replica.Inbox;
import ai.exaone.serving.replica.Lookout;
import ai.exaone.serving.replica.Patience;
import ai.exaone.serving.replica.Publisher;
import ai.exaone.serving.replica.Reconciler;
import ai.exaone.serving.replica.ReplicaPlanner;
import ai.exaone.serving.route.PublishedReadiness;
import ai.exaone.serving.route.RouteMessages;
import ai.exaone.serving.route.RpcRouteLog;
import ai.exaone.serving.settings.ServingSettings;
import ai.exaone.serving.settings.SettingsInstaller;
import ai.exaone.serving.settings.WantedDeployments;
import ai.exaone.store.StoredTime;
import ai.exaone.store.Transactions;
import ai.exaone.store.creation.MySqlCreations;
import ai.exaone.store.crypto.MasterKey;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The parts of serving, and how they hang together. */
@Factory
final class ServingFactory {
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(2);

    @Singleton
    Clock clock() {
        return StoredTime.clock();
    }

    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Singleton
    IdGenerator ids(Clock clock, SecureRandom random) {
        return new IdGenerator(clock, random);
    }

    @Singleton
    MasterKey masterKey(InstallationConfig installation) {
        return MasterKey.read(installation.secretsDir());
    }

    @Singleton
    EngineProfiles profiles() {
        return EngineProfiles.builtIn();
    }

    @Singleton
    Inbox inbox() {
        return new Inbox();
    }

    @Singleton
    MySqlInstallations installations(Clock clock) {
        return new MySqlInstallations(clock);
    }

    @Singleton
    MySqlAuditOutbox auditOutbox(Transactions transactions, IdGenerator ids, Clock clock) {
        return new MySqlAuditOutbox(ServiceName.SERVING, transactions, ids, clock);
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
    ModelStore modelStore(
            Transactions transactions,
            MySqlCreations creations,
            MySqlInstallations installations,
            MySqlAuditOutbox audit) {
        return new MySqlModelStore(transactions, creations, installations, audit);
    }

    @Singleton
    DeploymentStore deploymentStore(
            Transactions transactions,
            MasterKey masterKey,
            MySqlCreations creations,
            MySqlInstallations installations,
            MySqlAuditOutbox audit) {
        return new MySqlDeploymentStore(
                transactions, new MySqlDeploymentRows(masterKey), creations, installations, audit);
    }

    @Singleton
    @Named(RouteMessages.LOG)
    PublishedLog routeLog(Transactions transactions, MasterKey masterKey, Clock clock) {
        return new MySqlPublishedLog(transactions, RouteMessages.LOG, masterKey, clock);
    }

    @Singleton
    @Named(DeploymentWire.LOG)
    PublishedLog deploymentLog(Transactions transactions, MasterKey masterKey, Clock clock) {
        return new MySqlPublishedLog(transactions, DeploymentWire.LOG, masterKey, clock);
    }

    @Singleton
    RpcRouteLog routeWatch(@Named(RouteMessages.LOG) PublishedLog routes) {
        return new RpcRouteLog(routes);
    }

    @Singleton
    ModelEndpoint models(
            ModelStore store,
            @Named(RouteMessages.LOG) PublishedLog routes,
            IdGenerator ids,
            Clock clock,
            Inbox inbox) {
        return new ModelEndpoint(
                new Models(store, ids, clock, inbox::nudge), new TenantModels(store, new PublishedReadiness(routes)));
    }

    @Singleton
    DeploymentWire deploymentViews(@Named(DeploymentWire.LOG) PublishedLog log) {
        return new DeploymentWire(log);
    }

    @Singleton
    DeploymentStreamsWire deploymentWatch(DeploymentWire views) {
        return new DeploymentStreamsWire(views);
    }

    @Singleton
    Deployments deployments(
            DeploymentStore store,
            ModelStore models,
            EngineProfiles profiles,
            IdGenerator ids,
            Clock clock,
            Inbox inbox) {
        return new Deployments(store, models, profiles, ids, clock, inbox::nudge);
    }

    @Singleton
    DeploymentEndpoint deploymentEndpoint(
            Deployments deployments, DeploymentWire views, EngineProfiles profiles, DeploymentStreamsWire watch) {
        return new DeploymentEndpoint(deployments, views, profiles, watch);
    }

    @Singleton
    Launchers launchers(ServingSettings settings, InstallationConfig installation, SecureRandom random) {
        return new Launchers(new ProcessLauncher(
                new ProcessLauncherConfig(
                        settings.interpreter(),
                        installation.runDir(),
                        installation.logsDir(),
                        Runtime.getRuntime().availableProcessors()),
                random));
    }

    @Singleton
    @Bean(preDestroy = "close")
    EngineProbe probe() {
        return new EngineProbe(LONGEST_PROBE);
    }

    @Singleton
    Publisher publisher(
            EngineProfiles profiles,
            @Named(RouteMessages.LOG) PublishedLog routes,
            @Named(DeploymentWire.LOG) PublishedLog deployments,
            Provider<WatchServer> gateways,
            DeploymentStreamsWire people) {
        return new Publisher(
                new RouteMessages(profiles),
                routes,
                deployments,
                () -> gateways.get().changed(RouteMessages.LOG),
                people::changed);
    }

    @Singleton
    Lookout lookout(EngineProbe probe, Provider<WatchServer> gateways, Inbox inbox) {
        return new Lookout(
                probe,
                (revision, longest) -> gateways.get().awaitAcknowledged(RouteMessages.LOG, revision, longest),
                inbox);
    }

    @Singleton
    Desires desires(DeploymentStore deployments, ModelStore models, EngineProfiles profiles) {
        return new Desires(deployments, models, profiles);
    }

    @Singleton
    Fleet fleet(Launchers launchers, EngineProfiles profiles, IdGenerator ids, Inbox inbox) {
        return new Fleet(launchers, profiles, ids, inbox);
    }

    @Context
    @Bean(preDestroy = "close")
    Reconciler reconciler(
            Desires desires, Fleet fleet, Lookout lookout, Publisher publisher, Inbox inbox, Clock clock) {
        var planner = new ReplicaPlanner(Patience.DEFAULT);
        var reconciler = new Reconciler(desires, planner, fleet, lookout, publisher, inbox, clock);
        reconciler.start();
        return reconciler;
    }

    @Context
    @Bean(preDestroy = "close")
    SettingsInstaller settingsInstaller(
            ServingSettings settings,
            ModelStore models,
            DeploymentStore deployments,
            IdGenerator ids,
            Clock clock,
            Inbox inbox) {
        var installer = new SettingsInstaller(
                new Catalogue(ids, clock),
                models,
                deployments,
                new WantedDeployments(settings, ids, clock),
                inbox::nudge);
        installer.start();
        return installer;
    }
}
