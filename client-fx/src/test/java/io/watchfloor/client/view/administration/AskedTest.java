package io.watchfloor.client.view.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.view.window.Notices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Answers that come late, in another order, or not at all.
class AskedTest {

    private final List<CompletableFuture<Outcome<String>>> questions = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Asked<String> asked = new Asked<>(() -> {
        questions.add(new CompletableFuture<>());
        return questions.getLast();
    }, new Notices() {

        @Override
        public void show(String sentence) {
            told.add(sentence);
        }

        @Override
        public void show(String sentence, String action, Runnable run) {
            told.add(sentence);
        }
    });

    private void answer(int question, String value) {
        questions.get(question).complete(new Outcome.Ok<>(value));
    }

    private void fail(int question) {
        questions.get(question).complete(new Outcome.Unreachable<>("No server answers."));
    }

    @Test
    void answer_thatAnotherOneHasOvertaken_isDropped() {
        asked.refresh();
        asked.refresh();
        answer(1, "new");
        answer(0, "old");
        assertThat(asked.value()).isEqualTo("new");
    }

    @Test
    void answer_toAQuestionFromBeforeAnAct_isDroppedOnceTheActIsDone() {
        asked.refresh();
        answer(0, "before");
        asked.refresh();
        CompletableFuture<Outcome<String>> act = new CompletableFuture<>();
        asked.act(act, done::add);
        act.complete(new Outcome.Ok<>("renamed"));
        assertThat(done).containsExactly("renamed");
        answer(1, "as before the act");
        assertThat(asked.value()).isEqualTo("before");
        answer(2, "after");
        assertThat(asked.value()).isEqualTo("after");
    }

    @Test
    void silence_isToldUntilTheServerAnswersAgain() {
        asked.refresh();
        answer(0, "known");
        asked.refresh();
        fail(1);
        assertThat(asked.problemProperty().get()).isEqualTo("No server answers.");
        assertThat(asked.value()).isEqualTo("known");
        asked.refresh();
        answer(2, "known");
        assertThat(asked.problemProperty().get()).isEmpty();
    }

    @Test
    void refusal_staysToldWhileTheListIsAskedForAnew_untilTheNextAct() {
        asked.refresh();
        answer(0, "known");
        CompletableFuture<Outcome<String>> refused = new CompletableFuture<>();
        asked.act(refused, done::add, () -> done.add("what was typed is given back"));
        refused.complete(new Outcome.Refused<>(409, "conflict", "There is one already."));
        assertThat(done).containsExactly("what was typed is given back");
        asked.refresh();
        answer(1, "known");
        assertThat(asked.problemProperty().get()).isEqualTo("There is one already.");
        asked.act(CompletableFuture.completedFuture(new Outcome.Ok<>("made")), done::add);
        assertThat(asked.problemProperty().get()).isEmpty();
        assertThat(done).last().isEqualTo("made");
    }

    @Test
    void act_whoseAnswerComesAfterThePageWasLeft_isToldAllTheSame() {
        asked.refresh();
        answer(0, "known");
        CompletableFuture<Outcome<String>> act = new CompletableFuture<>();
        CompletableFuture<Outcome<String>> refused = new CompletableFuture<>();
        asked.act(act, done::add);
        asked.act(refused, done::add);
        asked.close();
        act.complete(new Outcome.Ok<>("disabled"));
        refused.complete(new Outcome.Refused<>(403, "forbidden", "That is not for you."));
        assertThat(done).containsExactly("disabled");
        assertThat(told).containsExactly("That is not for you.");
        assertThat(asked.value()).isEqualTo("known");
    }
}
