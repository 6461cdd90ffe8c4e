package dev.onward.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which methods a path knows, for {@code Allow} (RFC 9110 §10.2.1), as the resources are annotated. Thread-safe. */
@ApplicationScoped
class AllowedMethods {

    private record Route(Pattern path, String method) {}

    private final List<Route> routes = new ArrayList<>();

    AllowedMethods(BeanManager beans) {
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Optional.ofNullable(bean.getBeanClass().getAnnotation(Path.class))
                    .ifPresent(base -> addRoutes(bean.getBeanClass(), base.value()));
        }
    }

    /** The methods of a path, sorted and joined by commas. */
    String of(String path) {
        Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
        for (Route route : routes) {
            if (route.path().matcher(path).matches()) {
                methods.add(route.method());
                if (route.method().equals("GET")) {
                    methods.add("HEAD");
                }
            }
        }
        return String.join(", ", methods);
    }

    private void addRoutes(Class<?> resource, String base) {
        for (Method method : resource.getDeclaredMethods()) {
            String below = Optional.ofNullable(method.getAnnotation(Path.class))
                    .map(Path::value)
                    .orElse("");
            for (Annotation annotation : method.getAnnotations()) {
                Optional.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class))
                        .ifPresent(known -> routes.add(new Route(pattern(base + below), known.value())));
            }
        }
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+"));
    }
}
