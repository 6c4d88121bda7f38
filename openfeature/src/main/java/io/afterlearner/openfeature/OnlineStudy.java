package io.afterlearner.openfeature;

import io.afterlearner.client.AfterLearner;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.Keys;
import io.afterlearner.client.TokenException;
import io.afterlearner.schemas.Arms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An online study as the provider uses it: the methods of {@link AfterLearner} of the same names. */
interface OnlineStudy extends AutoCloseable {

    Assignment draw(String unit);

    void exposed(Assignment assignment);

    void exposed(String token);

    String token(Assignment assignment);

    /** Whether a token is one of this study's. */
    boolean signed(String token);

    void report(String token, String metric, double value, String id);

    OptionalLong champion();

    Optional<Arms> arms();

    String failure();

    boolean isRefused();

    boolean areRightsKnown();

    boolean isCurrent();

    List<String> missingRights();

    long dropped();

    @Override
    void close();

    static OnlineStudy connect(StudyFlag flag, Map<String, ?> kafka, Keys keys) {
        AfterLearner client = AfterLearner.connect(flag.study(), flag.shipped(), kafka, keys);
        return new OnlineStudy() {
            @Override
            public Assignment draw(String unit) {
                return client.draw(unit);
            }

            @Override
            public void exposed(Assignment assignment) {
                client.exposed(assignment);
            }

            @Override
            public void exposed(String token) {
                client.exposed(token);
            }

            @Override
            public String token(Assignment assignment) {
                return client.token(assignment);
            }

            @Override
            public boolean signed(String token) {
                try {
                    return keys.tokens().read(token).study().equals(flag.study());
                } catch (TokenException e) {
                    return false;
                }
            }

            @Override
            public void report(String token, String metric, double value, String id) {
                client.report(token, metric, value, id);
            }

            @Override
            public OptionalLong champion() {
                return client.champion();
            }

            @Override
            public Optional<Arms> arms() {
                return client.arms();
            }

            @Override
            public String failure() {
                return client.failure();
            }

            @Override
            public boolean isRefused() {
                return client.isRefused();
            }

            @Override
            public boolean areRightsKnown() {
                return client.areRightsKnown();
            }

            @Override
            public boolean isCurrent() {
                return client.isCurrent();
            }

            @Override
            public List<String> missingRights() {
                return client.missingRights();
            }

            @Override
            public long dropped() {
                return client.dropped();
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
