package io.afterlearner.openfeature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.openfeature.sdk.ProviderEvent;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StandingTest {
    private final FakeStudy study = new FakeStudy();
    private final FakeStudy other = new FakeStudy();
    private final List<Connected> studies = List.of(
            new Connected(FakeStudy.FLAG, study),
            new Connected(StudyFlag.of("other", "other-1").group("a", 0), other));
    private Standing told = Standing.of(studies);

    private List<ProviderEvent> events() {
        Standing now = Standing.of(studies);
        List<ProviderEvent> events =
                now.since(told).stream().map(Standing.Event::type).toList();
        told = now;
        return events;
    }

    @Test
    void eachChangeIsToldOnce() {
        assertEquals(List.of(), events());
        other.current = false;
        assertEquals(List.of(ProviderEvent.PROVIDER_STALE), events());
        assertEquals(List.of(), events());
        study.champion = OptionalLong.empty();
        assertEquals(List.of(ProviderEvent.PROVIDER_ERROR), events());
        assertEquals(List.of(), events());
        other.champion = OptionalLong.empty();
        assertEquals(List.of(ProviderEvent.PROVIDER_ERROR), events(), "another study is missing, too");
        study.champion = OptionalLong.of(3);
        other.champion = OptionalLong.of(3);
        other.current = true;
        assertEquals(List.of(ProviderEvent.PROVIDER_READY), events());
        other.champion = OptionalLong.of(4);
        assertEquals(List.of(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED), events());
        assertEquals(List.of(), events());
    }
}
