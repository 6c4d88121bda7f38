package io.afterlearner.observability.promql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.observability.MetricTable;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A query that Prometheus would answer with nothing, silently, is refused. */
class QueryTest {
    private final MetricTable table = MetricTable.read();

    QueryTest() throws IOException {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "afterlearner_optimizer_candidate_total | unknown metric afterlearner_optimizer_candidate_total",
                "sum(rate(afterlearner_dead_letters[5m])) | unknown metric afterlearner_dead_letters",
                "afterlearner_kafka_up{study=\"a\"} | has no label study",
                "sum by (study) (afterlearner_kafka_up) | no label study to aggregate by",
                "sum by (pool) (sum by (study) (afterlearner_evaluator_slots)) | no label study to aggregate by",
                "rate(afterlearner_evaluator_slots[5m]) | rate is only for counters",
                "rate(afterlearner_dead_letters_total) | rate takes range vector",
                "abs(afterlearner_kafka_up[5m]) | abs takes no range vector",
                "afterlearner_dead_letters_total[5m] | a query gives no range vector",
                "afterlearner_kafka_up > on (pool) afterlearner_evaluator_slots | label pool is not on both sides",
                "sum(afterlearner_kafka_up | ) is missing",
                "afterlearner_kafka_up == | a name is missing",
                "afterlearner_kafka_up afterlearner_kafka_up | the end is missing",
                "predict(afterlearner_kafka_up) | unknown function predict",
                "afterlearner_kafka_up{job=up} | a string is missing",
                "afterlearner_kafka_up ; | no PromQL"
            })
    void whatIsWrongIsNamed(String query, String problem) {
        String said = assertThrows(IllegalArgumentException.class, () -> Query.of(query, table))
                .getMessage();
        assertTrue(said.contains(problem), said);
    }

    @Test
    void labelsAndSelectorsOfAQueryAreKnown() {
        Query query = Query.of(
                "sum by (pool) (rate(afterlearner_optimizer_candidates_total{event=~\"told|failed\"}[5m])) > on (pool)"
                        + " 2 * sum by (pool) (afterlearner_evaluator_slots) + 1",
                table);
        assertEquals(Set.of("pool"), query.labels());
        assertEquals(2, query.selectors().size());
        Selector.Matcher event = query.selectors().get(0).matchers().get(0);
        assertTrue(event.matches("told"));
        assertTrue(!event.matches("asked"));
    }
}
