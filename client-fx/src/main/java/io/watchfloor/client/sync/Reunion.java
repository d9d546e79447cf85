package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.AckedPush;
import io.watchfloor.client.sync.outbox.CopyChange;
import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.ReplicaDocument;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.TextId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What there is to tell of a copy that comes together with the server's log again: what others did meanwhile, what became
/// of one's own edits, and what a restored log lacks of them. Each is told once. Owner executor only.
final class Reunion {

    private final ReplicaDocument document;
    private final Authorship authorship;
    private final AckedEdits acked;
    private Merge merge = new Merge();
    /// What a restored log lacks, until it is told.
    private @Nullable Merged lost;

    Reunion(ReplicaDocument document, Authorship authorship) {
        this.document = document;
        this.authorship = authorship;
        this.acked = new AckedEdits(document);
    }

    /// A copy is shown that was kept.
    void opened(List<AckedPush> remembered) {
        acked.begin(remembered);
    }

    /// Edits of one's own that the log took, for the case that it loses them.
    List<AckedPush> remembered() {
        return acked.all();
    }

    /// The confirmed texts that one has typed into.
    Map<TextId, String> texts() {
        return acked.texts();
    }

    /// What waits now has to be decided before anything is told.
    void await(PushQueue queue) {
        merge.await(queue.all(), queue.texts());
    }

    /// What waits to be typed again has to be decided before anything is told.
    void await(TypedTexts typed) {
        merge.await(List.of(), typed.pending());
    }

    /// Another entry than one's own came.
    void arrived(Entry entry) {
        merge.arrived(entry);
    }

    /// Somebody wrote into the log.
    void wrote(int replica, String author) {
        merge.wrote(replica, author);
    }

    /// A snapshot takes the place of the document; to be called before it does.
    void replaced(Snapshot snapshot) {
        snapshot.assignments().stream().filter(a -> !authorship.isOwn(a) && !a.equals(confirmed(a)))
                .forEach(a -> merge.changed(a.element()));
    }

    private @Nullable Assignment confirmed(Assignment assignment) {
        return document.confirmed().find(assignment.element(), assignment.property());
    }

    /// The document is of another log now.
    ///
    /// @param textsBefore what [#texts] was before
    void restored(Map<TextId, String> textsBefore) {
        Merged found = acked.lost(textsBefore);
        acked.forget(found.lost());
        lost = found;
    }

    /// What was typed is in a push now.
    void sealed(OutboxPush push) {
        merge.sealed(push);
    }

    /// A push is in the log.
    ///
    /// @return what is to be kept of that
    List<CopyChange> acked(OutboxPush push, List<Operation> logged) {
        AckedPush remembered = new AckedPush(push.label(), logged);
        merge.sent(push, remembered);
        return acked.add(remembered) ? List.of(new CopyChange.Acked(remembered)) : List.of();
    }

    void refused(OutboxPush push) {
        merge.refused(push);
    }

    /// What a restored log lacks of one's own edits; that is told only once.
    Optional<Merged> lost() {
        Optional<Merged> found = Optional.ofNullable(lost).filter(merged -> !merged.isEmpty());
        lost = null;
        return found;
    }

    /// What has come together since the copy was last in step, where all that waited then is decided; that is told only
    /// once.
    Optional<Merged> merged() {
        if (!merge.complete()) {
            return Optional.empty();
        }
        Merged merged = merge.result(mine -> document.find(mine.element(), mine.property()), authorship::isOwn);
        merge = new Merge();
        return Optional.of(merged);
    }
}
