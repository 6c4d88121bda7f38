package io.afterlearner.optimizer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.optimizer.shell.Messages;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The CLI sends Avro's JSON encoding, in which unset fields are null. */
    @Test
    void theAvroJsonOfASpecIsAccepted() throws Exception {
        StudySpec spec = Messages.spec("s", 10, 2);
        assertEquals(spec, JSON.readValue(spec.toString(), SpecJson.class).spec(0));
    }

    @Test
    void aSpecIsShownAsItWasSent() throws Exception {
        StudySpec spec = Messages.spec("s", 10, 2);
        spec.getOptimizer().put("noise", Noise.SOME);
        spec.put("priors", List.of(new Prior(List.of(0.1, 0.2, 0.3, 0.4), 1.5, null)));
        String shown = JSON.writeValueAsString(SpecJson.of(spec));
        assertEquals(spec, JSON.readValue(shown, SpecJson.class).spec(0));
    }
}
