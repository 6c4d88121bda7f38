package io.afterlearner.operator.services;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the optimizer last said about all studies: one request each time, whatever their number. */
public final class StudyViews {
    private final Optimizer optimizer;
    private final Contact contact;
    private volatile Map<String, StudyView> byId = new ConcurrentHashMap<>();

    public StudyViews(Optimizer optimizer, Contact contact) {
        this.optimizer = optimizer;
        this.contact = contact;
    }

    /** Asks for all studies. */
    public void refresh() {
        contact.attempt(() -> byId = optimizer.list().stream()
                .collect(Collectors.toMap(
                        StudyView::study, view -> view, (first, second) -> second, ConcurrentHashMap::new)));
    }

    public Contact contact() {
        return contact;
    }

    /** Why the latest request failed; null if it did not. */
    public @Nullable ServiceException problem() {
        return contact.problem();
    }

    /** Whether any answer has come yet. */
    public boolean isKnown() {
        return contact.isKnown();
    }

    public Optional<StudyView> find(String study) {
        return Optional.ofNullable(byId.get(study));
    }

    public List<StudyView> named(String name) {
        return byId.values().stream().filter(view -> view.name().equals(name)).toList();
    }

    /** Remembers a newer answer about one study. */
    public void put(StudyView view) {
        byId.put(view.study(), view);
    }

    public void remove(String study) {
        byId.remove(study);
    }
}
