package io.afterlearner.report.page;

import io.afterlearner.report.chart.Markup;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Renders the HTML templates on the class path. A template may include {@code layout.html} of this package. Every value is
 * escaped; a chart, which is markup already, is passed as a {@link RawString}.
 */
public final class Templates {
    private static final Engine ENGINE = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new Escaping())
            .addLocator(Templates::locate)
            .build();

    private Templates() {}

    /**
     * @param template path of a resource, such as {@code io/afterlearner/report/page/report.html}
     * @param page the object whose public methods the template names
     */
    public static String render(String template, Object page) {
        return ENGINE.getTemplate(template).data(page).render();
    }

    private static Optional<TemplateLocation> locate(String resource) {
        InputStream found = Templates.class.getClassLoader().getResourceAsStream(resource);
        return found == null ? Optional.empty() : Optional.of(new Resource(found));
    }

    private record Resource(InputStream bytes) implements TemplateLocation {
        @Override
        public Reader read() {
            return new InputStreamReader(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
        }
    }

    private static final class Escaping implements ResultMapper {
        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return !(result instanceof RawString);
        }

        @Override
        public String map(Object result, Expression expression) {
            return Markup.escape(String.valueOf(result));
        }
    }
}
