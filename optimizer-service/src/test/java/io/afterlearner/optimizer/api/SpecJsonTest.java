package io.afterlearner.optimizer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.http.JsonRecords;
import io.afterlearner.optimizer.shell.Messages;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.Transform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecJsonTest {
    private static StudySpec read(String json) {
        return SpecJson.spec(JsonRecords.parse(json), 7);
    }

    /** The CLI sends Avro's own JSON, where what is not set is null. */
    @Test
    void theAvroJsonOfASpecIsAccepted() {
        StudySpec spec = Messages.spec("s", 10, 2);
        assertEquals(spec, read(spec.toString()));
    }

    @Test
    void aShownSpecIsReadAsTheSameSpec() {
        StudySpec spec = Messages.spec("s", 10, 2);
        spec.getOptimizer().put("noise", Noise.SOME);
        spec.put("priors", List.of(new Prior(List.of(0.1, 0.2, 0.3, 0.4), 1.5, null)));
        assertEquals(spec, read(JsonRecords.of(spec).toString()));
    }

    @Test
    void missingFieldsAndNullsGetTheirDefaults() {
        StudySpec spec = read(SpecJson.EXAMPLE);
        assertEquals("tune", spec.getName());
        assertEquals(7, spec.getCreatedAtMillis());
        assertEquals(
                new AlephGroup(
                        "w",
                        null,
                        Transform.VALUE,
                        Granularity.ELEMENT,
                        0,
                        List.of(2),
                        Kind.REAL,
                        -1.0,
                        1.0,
                        false,
                        null,
                        List.of(0.0, 0.0),
                        List.of()),
                spec.getAleph().get(0));
        assertEquals(new LossSpec("mse", Map.of()), spec.getLoss());
        assertEquals(new OptimizerSpec("auto", 100L, 1, 1L, 1, Noise.UNKNOWN, TellOrder.ARRIVAL), spec.getOptimizer());
        assertEquals(new EvaluationSpec(60_000L, "default", 0, Map.of(), 0.0, 3_600_000L), spec.getEvaluation());
        assertEquals(
                spec, read(SpecJson.EXAMPLE.replace("100}", "100,\"seed\":null},\"evaluation\":null,\"name\":null")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"study\":\"tune\", | '' | study is missing; give one",
                "\"loss\":{\"type\":\"mse\"}, | '' | loss is missing; give loss, or online for an online study",
                "{\"type\":\"mse\"} | {} | loss.type is missing; give one",
                "{\"budget\":100} | {} | optimizer.budget is missing; give one",
                "[{ | [null,{ | aleph[0] is null; give an object",
                "\"initial\":[0,0] | \"step\":1 | aleph[0].initial is missing; give one",
                "100 | 1.5 | optimizer.budget is 1.5; give a whole number of 64 bits"
            })
    void anInvalidBodyIsRefusedWithThePlace(String part, String instead, String line) {
        assertTrue(SpecJson.EXAMPLE.contains(part), part);
        String json = SpecJson.EXAMPLE.replace(part, instead);
        assertEquals(
                line, assertThrows(RefusedException.class, () -> read(json)).getMessage());
    }
}
