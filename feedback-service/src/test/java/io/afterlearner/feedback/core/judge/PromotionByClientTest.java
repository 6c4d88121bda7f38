package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.clients.ClientSums;
import io.afterlearner.feedback.core.exposure.Arm;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionByClientTest {

    private static PlayedStudy challenged() {
        return PlayedStudy.plan().unguarded().exposures(100).played().recommended(7);
    }

    /** Exposes control and the challenger in turn, to units of one client. */
    private static void ask(PlayedStudy study, String client, int exposures, double reward, double control) {
        study.askedBy(client)
                .exposed(Arm.CONTROL, 0, 2 * exposures, control, 1)
                .exposed(Arm.EXPLORE, 7, exposures, reward, 1);
    }

    /** What a client asks for in a round, and what the challenger brings its units; control brings 0.5. */
    private record Client(String name, int exposures, double reward) {}

    private static void rounds(PlayedStudy study, int rounds, Client... clients) {
        for (int i = 0; i < rounds; i++) {
            for (Client each : clients) {
                ask(study, each.name(), each.exposures(), each.reward(), 0.5);
            }
        }
    }

    private static Reason.RestsOnClient lost(PlayedStudy study) {
        Output.Audit audit = study.all(Output.Audit.class).get(1);
        assertEquals(Output.Action.LOST, audit.action());
        Reason.DuelLost lost = assertInstanceOf(Reason.DuelLost.class, audit.reason());
        return assertInstanceOf(Reason.RestsOnClient.class, lost.why());
    }

    @Test
    void nothingIsPromotedOnTheReportsOfOneClientOfThree() {
        PlayedStudy study = challenged();
        rounds(study, 100, new Client("shop", 10, 0.4), new Client("app", 10, 0.4), new Client("poisoner", 10, 1));
        assertEquals(0, study.champion());
        Reason.RestsOnClient rests = lost(study);
        assertEquals("poisoner", rests.client());
        assertEquals(0.1, rests.figures().loss(), 0.03);
    }

    @Test
    void whatHoldsWithoutAnyOneClientIsPromoted() {
        PlayedStudy study = challenged();
        rounds(study, 30, new Client("shop", 10, 0.8), new Client("app", 10, 0.8), new Client("web", 10, 0.8));
        assertEquals(7, study.champion());
    }

    @Test
    void ofTwoClientsNeitherCanBeLeftOut() {
        PlayedStudy study = challenged();
        rounds(study, 30, new Client("shop", 10, 0.5), new Client("app", 20, 1));
        assertEquals(7, study.champion());
    }

    /** Someone who tries the API out must not make a study wait. */
    @Test
    void clientsWithHardlyAnyUnitsDoNotCount() {
        PlayedStudy study = challenged();
        ask(study, "ann", 2, 0.5, 0.5);
        ask(study, "bob", 2, 0.5, 0.5);
        rounds(study, 60, new Client("shop", 10, 0.8));
        assertEquals(7, study.champion());
    }

    @Test
    void withoutTheClientThatHasMostUnitsOnlyTheEstimateIsBetter() {
        for (double others : List.of(0.6, 0.4)) {
            PlayedStudy study = challenged();
            rounds(
                    study,
                    60,
                    new Client("app", 10, others),
                    new Client("web", 10, others),
                    new Client("shop", 80, 0.9));
            assertEquals(others > 0.5 ? 7 : 0, study.champion(), "others measure " + others);
        }
    }

    @Test
    void clientsBeyondTheLimitAreSummedUpTogether() {
        PlayedStudy study = challenged();
        for (int i = 0; i < 20; i++) {
            ask(study, "client " + i, 1, 0, 0);
        }
        List<ClientSums.Sums> sums = study.state.watch().champion().clients().sums();
        assertEquals(ClientSums.MAX_NAMED + 1, sums.size());
        assertEquals(ClientSums.OTHERS, sums.get(ClientSums.MAX_NAMED).client());
        assertEquals(
                2 * (20 - ClientSums.MAX_NAMED),
                sums.get(ClientSums.MAX_NAMED).control().count());
        assertTrue(
                study.state.trials().stream().allMatch(t -> t.clients().sums().isEmpty()));
    }
}
