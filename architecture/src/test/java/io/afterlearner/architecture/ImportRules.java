package io.afterlearner.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Which class may import which. Each rule returns what breaks it, one line for each import. */
final class ImportRules {
    private ImportRules() {}

    /** Imports between modules that the table does not allow. */
    static List<String> betweenModules(JavaClasses classes, List<MavenModule> modules) {
        return imports(classes, (from, to) -> {
            Optional<MavenModule> here = moduleOf(from, modules);
            Optional<MavenModule> there = moduleOf(to, modules);
            return here.isPresent() && there.isPresent() && !here.get().maySee(there.get(), to.getName());
        });
    }

    /** Imports from a lower layer of a higher one: {@code core} knows nothing of {@code shell}. */
    static List<String> betweenLayers(JavaClasses classes, PackageLayers layers) {
        return imports(classes, (from, to) -> {
            int here = layers.of(from.getName());
            return here >= 0 && here < layers.of(to.getName());
        });
    }

    /** Imports of classes that must stay hidden from these. */
    static List<String> hidden(JavaClasses classes, Hidden rule) {
        return imports(
                classes,
                (from, to) -> from.getName().matches(rule.classes())
                        && rule.hidden().stream().anyMatch(to.getName()::matches));
    }

    /** Imports from a place of anything outside these packages; a name that ends with {@code *} includes packages below. */
    static List<String> outside(JavaClasses classes, String place, List<String> allowed) {
        return imports(
                classes,
                (from, to) -> within(from.getPackageName(), place)
                        && !within(to.getPackageName(), place)
                        && allowed.stream().noneMatch(one -> within(to.getPackageName(), one)));
    }

    /** Imports of a library by anyone outside these places. */
    static List<String> library(JavaClasses classes, String library, List<String> places) {
        return imports(
                classes,
                (from, to) -> within(to.getPackageName(), library)
                        && places.stream().noneMatch(one -> within(from.getPackageName(), one)));
    }

    /** Circles of imports between packages. */
    static List<String> circles(JavaClasses classes, String root) {
        return SlicesRuleDefinition.slices()
                .matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .evaluate(classes)
                .getFailureReport()
                .getDetails();
    }

    static boolean within(String packageName, String place) {
        String root = place.endsWith("*") ? place.substring(0, place.length() - 2) : place;
        return packageName.equals(root) || (place.endsWith("*") && packageName.startsWith(root + "."));
    }

    private static Optional<MavenModule> moduleOf(JavaClass type, List<MavenModule> modules) {
        return modules.stream().filter(module -> module.holds(type.getName())).findFirst();
    }

    private static List<String> imports(JavaClasses classes, BiPredicate<JavaClass, JavaClass> forbidden) {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(one -> !plain(one.getTargetClass()).isPrimitive())
                .filter(one -> forbidden.test(one.getOriginClass(), plain(one.getTargetClass())))
                .map(ImportRules::line)
                .distinct()
                .sorted()
                .toList();
    }

    private static JavaClass plain(JavaClass type) {
        return type.getBaseComponentType();
    }

    private static String line(Dependency one) {
        return one.getOriginClass().getName() + " imports "
                + plain(one.getTargetClass()).getName();
    }
}
