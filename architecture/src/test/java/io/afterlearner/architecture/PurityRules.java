package io.afterlearner.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;

/** A core's result depends on its arguments alone: it reads no clock and draws no unseeded randomness. */
final class PurityRules {
    private static final Set<String> CLOCKS_AND_DICE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current");

    private static final Set<String> UNSEEDED = Set.of("java.util.SplittableRandom");

    /** Its algorithm may differ between JDKs' stream methods, and its constructor without a seed is one keystroke away. */
    private static final Set<String> FORBIDDEN_TYPES = Set.of("java.util.Random", "java.security.SecureRandom");

    private PurityRules() {}

    static List<String> impureCalls(JavaClasses classes, String place) {
        return classes.stream()
                .filter(type -> ImportRules.within(type.getPackageName(), place))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(PurityRules::impure)
                .map(JavaAccess::getDescription)
                .sorted()
                .toList();
    }

    private static boolean impure(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean withoutSeed = UNSEEDED.contains(owner.getName())
                && name.equals("<init>")
                && access.getTarget().getFullName().endsWith("()");
        return withoutSeed
                || FORBIDDEN_TYPES.contains(owner.getName())
                || CLOCKS_AND_DICE.contains(owner.getName() + "." + name);
    }
}
