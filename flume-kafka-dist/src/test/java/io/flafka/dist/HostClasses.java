// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resolves calls as the JVM does when it links them: finds a method, constructor or field by owner, name and signature.
 *
 * @param loader the loader of the jars to search
 */
record HostClasses(ClassLoader loader) {

    boolean have(AccessTarget target) {
        try {
            return isIn(Class.forName(target.getOwner().getName(), false, loader), target);
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static boolean isIn(Class<?> type, AccessTarget target) {
        Stream<Class<?>> above = Stream.concat(
                Stream.ofNullable(type.isInterface() ? Object.class : type.getSuperclass()),
                Arrays.stream(type.getInterfaces()));
        return declares(type, target) || above.anyMatch(parent -> isIn(parent, target));
    }

    private static boolean declares(Class<?> type, AccessTarget target) {
        if (!(target instanceof CodeUnitAccessTarget called)) {
            return Arrays.stream(type.getDeclaredFields())
                    .anyMatch(field -> field.getName().equals(target.getName()));
        }
        List<String> parameters =
                called.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        if (called.getName().equals("<init>")) {
            return Arrays.stream(type.getDeclaredConstructors())
                    .map(Constructor::getParameterTypes)
                    .anyMatch(types -> names(types).equals(parameters));
        }
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(called.getName()))
                .filter(method -> names(method.getParameterTypes()).equals(parameters))
                .map(Method::getReturnType)
                .anyMatch(returned ->
                        returned.getName().equals(called.getRawReturnType().getName()));
    }

    private static List<String> names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getName).toList();
    }
}
