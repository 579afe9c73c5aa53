package ai.exaone.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every module's classes keep to, beyond what the Maven graph and package-private already guard. A module's whole test is
 * one line:
 *
 * <pre>{@code
 * ArchitectureRules.ofModule("quota").check();
 * }</pre>
 *
 * <p>A package whose very job is a protocol says so with {@link #edgeIn}; a program that talks to a person on its terminal with
 * {@link #printingToPeople}.
 */
public final class ArchitectureRules {
    private static final String ROOT = "ai.exaone.";
    private static final List<String> LIBRARIES =
            List.of("audit", "chores", "errors", "ids", "proto", "rpc", "servers", "store");
    private static final List<String> BANNED_SUFFIXES =
            List.of("Util", "Utils", "Helper", "Manager", "Impl", "Common", "Base", "Data", "Info");
    private static final List<String> EDGE_SUFFIXES =
            List.of("Endpoint", "Client", "Messages", "Wire", "Factory", "Application", "Config", "Settings");
    private static final String[] WIRE_TYPES = {"io.grpc..", "com.google.protobuf..", "ai.exaone.proto.."};
    private static final String[] FRAMEWORK_TYPES = {"io.micronaut..", "jakarta.inject.."};
    private static final String[] LANGCHAIN_PACKAGES = {
        "ai.exaone.agents.model..", "ai.exaone.agents.step..", "ai.exaone.agents.tool.."
    };

    private final String module;
    private final List<String> seenModules;
    private final List<String> edgePackages;
    private final boolean printing;

    private ArchitectureRules(String module, List<String> seenModules, List<String> edgePackages, boolean printing) {
        this.module = module;
        this.seenModules = List.copyOf(seenModules);
        this.edgePackages = List.copyOf(edgePackages);
        this.printing = printing;
    }

    /**
     * The rules of a service or program.
     *
     * @param module its package below {@code ai.exaone}, for example {@code quota}
     */
    public static ArchitectureRules ofModule(String module) {
        return new ArchitectureRules(module, List.of(), List.of(), false);
    }

    /** The same rules with packages of the module, and those below, in which every class may use wire and HTTP types. */
    public ArchitectureRules edgeIn(String... packages) {
        List<String> extended = new ArrayList<>(edgePackages);
        Stream.of(packages).map(name -> ROOT + module + "." + name + "..").forEach(extended::add);
        return new ArchitectureRules(module, seenModules, extended, printing);
    }

    /** The same rules for a module that is put together from others, for example {@code standalone} from the services. */
    public ArchitectureRules seeing(String... modules) {
        return new ArchitectureRules(module, List.of(modules), edgePackages, printing);
    }

    /** The same rules for a program that writes to standard output. */
    public ArchitectureRules printingToPeople() {
        return new ArchitectureRules(module, seenModules, edgePackages, true);
    }

    /** Checks all classes of the module that are no tests; fails with every violation of the first rule that is broken. */
    public void check() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ArchitectureRules::isWritten)
                .importPackages(ROOT + module);
        check(classes);
    }

    /** Checks given classes as if they were the module's. */
    void check(JavaClasses classes) {
        rules().forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    private List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>(List.of(
                noModuleSeesAnother(),
                featuresHaveNoCycles(),
                sqlIsInMySqlClasses(),
                wireTypesAreAtTheEdge(),
                frameworkTypesAreInTheWiring(),
                langchainIsBehindItsAdapters(),
                endpointsAskTheLogic(),
                nothingIsInjectedIntoFields(),
                namesSayWhatTheyAre(),
                logsGoThroughSlf4j()));
        if (!printing) {
            rules.add(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        }
        return rules;
    }

    private ArchRule noModuleSeesAnother() {
        String[] own = Stream.of(LIBRARIES, seenModules, List.of(module))
                .flatMap(List::stream)
                .map(name -> ROOT + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".").and(not(resideInAnyPackage(own))))
                .because("services meet over RPC only");
    }

    private ArchRule featuresHaveNoCycles() {
        return SlicesRuleDefinition.slices()
                .matching(ROOT + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a feature is understood after those it uses");
    }

    private ArchRule sqlIsInMySqlClasses() {
        return noClasses()
                .that(not(describe("SQL stores", type -> fileOf(type).startsWith("MySql"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "org.jdbi.."))
                .because("SQL is read in one place for each store");
    }

    private ArchRule wireTypesAreAtTheEdge() {
        return noClasses()
                .that(not(atTheEdge()))
                .should()
                .dependOnClassesThat(resideInAnyPackage(WIRE_TYPES))
                .because("endpoints and clients translate, and the rest speaks the domain's words");
    }

    private ArchRule frameworkTypesAreInTheWiring() {
        return noClasses()
                .that(not(atTheEdge()))
                .should()
                .dependOnClassesThat(resideInAnyPackage(FRAMEWORK_TYPES))
                .because("one factory wires a service, and domain classes know no framework");
    }

    private ArchRule langchainIsBehindItsAdapters() {
        return noClasses()
                .that(not(resideInAnyPackage(LANGCHAIN_PACKAGES)))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.langchain4j.."))
                .because("the run loop is ours");
    }

    private ArchRule endpointsAskTheLogic() {
        return noClasses()
                .that()
                .haveSimpleNameEndingWith("Endpoint")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Store")
                .because("an endpoint parses, calls one method and translates");
    }

    private ArchRule nothingIsInjectedIntoFields() {
        return noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("io.micronaut.context.annotation.Value")
                .orShould()
                .beAnnotatedWith("io.micronaut.context.annotation.Property")
                .because("constructors say what a class needs");
    }

    private ArchRule namesSayWhatTheyAre() {
        DescribedPredicate<JavaClass> vague = describe(
                "have a name that ends with one of " + BANNED_SUFFIXES,
                type -> BANNED_SUFFIXES.stream().anyMatch(type.getSimpleName()::endsWith));
        return noClasses().should(ArchCondition.from(vague)).because("a full noun of the domain tells more");
    }

    private ArchRule logsGoThroughSlf4j() {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.logging.."))
                .because("logs are JSON lines of one format");
    }

    private DescribedPredicate<JavaClass> atTheEdge() {
        DescribedPredicate<JavaClass> named = describe(
                "endpoints, clients and wiring",
                type -> EDGE_SUFFIXES.stream().anyMatch(fileOf(type)::endsWith)
                        || fileOf(type).startsWith("Rpc"));
        return named.or(resideInAnyPackage(edgePackages.toArray(String[]::new)));
    }

    /** The name of the file's own class, which nested classes belong to. */
    private static String fileOf(JavaClass type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    /** Not a bean definition, which the annotation processor writes and names after its class with a dollar in front. */
    private static boolean isWritten(Location location) {
        return !location.contains("/$") && !location.contains("package-info");
    }
}
