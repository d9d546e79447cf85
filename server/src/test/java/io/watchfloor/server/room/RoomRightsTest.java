package io.watchfloor.server.room;

import static io.watchfloor.server.room.World.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.room.World.Guest;
import io.watchfloor.server.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rights that change, or cannot be confirmed, while people edit.
@Timeout(60)
class RoomRightsTest {

    private final World world = new World();
    private final Known known = new Known();
    private final Rooms rooms = world.instance("one", known);

    /// What this instance has read of the rights, and whether it is sure of it.
    private final class Known implements Access {

        private Right right = Right.EDIT;
        private Right inTheStore = Right.EDIT;
        private long revision = 1;
        private boolean confirmed = true;
        private boolean unreadable;

        @Override
        public Right rightOf(String account, DashboardId dashboard) {
            return right;
        }

        @Override
        public long revision() {
            return revision;
        }

        @Override
        public boolean confirmed() {
            return confirmed;
        }

        @Override
        public CompletionStage<Void> refresh() {
            if (unreadable) {
                return CompletableFuture.failedFuture(new StoreException("The database is gone."));
            }
            right = inTheStore;
            revision = world.rightsRevision;
            return CompletableFuture.completedStage(null);
        }
    }

    private Guest ada() {
        world.rightsRevision = 1;
        return world.join(rooms, "ada", replica(1));
    }

    @Test
    void push_ACC3_isDecidedAgain_whereTheRightWasTakenBeforeItsTransaction() {
        Guest ada = ada();
        world.rightsRevision = 2;
        known.inTheStore = Right.VIEW;
        rooms.push(ada, ada.title(1, "too late", 10));
        world.pass(10);
        assertThat(ada.revisions()).isEmpty();
        assertThat(ada.told(ServerMessage.Rejected.class)).singleElement()
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }

    @Test
    void join_ACC6_isJudgedByRightsReadSince_beforeItIsRefused() {
        known.right = Right.NONE;
        Guest ada = ada();
        assertThat(ada.told(ServerMessage.Joined.class)).singleElement()
                .satisfies(joined -> assertThat(joined.right()).isEqualTo(Right.EDIT));
        known.inTheStore = Right.NONE;
        known.right = Right.NONE;
        Guest bob = world.join(rooms, "bob", replica(2));
        assertThat(bob.told(ServerMessage.NotJoined.class)).singleElement()
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void join_ACC6_isNotRefused_whileRightsCannotBeRead() {
        known.right = Right.NONE;
        known.unreadable = true;
        assertThat(ada().told(ServerMessage.NotJoined.class)).singleElement()
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void push_ACC6_isDecidedAgain_whereTheRightWasGivenBeforeItsTransaction() {
        Guest ada = ada();
        known.right = Right.VIEW;
        world.rightsRevision = 2;
        rooms.push(ada, ada.title(1, "mine again", 10));
        world.pass(10);
        assertThat(ada.revisions()).containsExactly(2L);
        assertThat(ada.told(ServerMessage.Rejected.class)).isEmpty();
    }

    @Test
    void push_ACC3_goesOn_whereAnotherRightThanItsOwnHasChanged() {
        Guest ada = ada();
        world.rightsRevision = 2;
        rooms.push(ada, ada.title(1, "still mine", 10));
        world.pass(10);
        assertThat(ada.revisions()).containsExactly(2L);
        assertThat(ada.told(ServerMessage.Rejected.class)).isEmpty();
    }

    @Test
    void unconfirmedRights_ACC2_areForLooking_andWhatIsPushedWaitsForTheirReturn() {
        Guest ada = ada();
        known.confirmed = false;
        rooms.recheckRights();
        world.settle();
        rooms.push(ada, ada.title(1, "kept", 10));
        world.pass(3_000);
        assertThat(ada.told(ServerMessage.Granted.class)).extracting(ServerMessage.Granted::right)
                .containsExactly(Right.VIEW);
        assertThat(ada.revisions()).isEmpty();
        assertThat(ada.told(ServerMessage.Rejected.class)).isEmpty();

        known.confirmed = true;
        rooms.recheckRights();
        world.pass(1_000);
        assertThat(ada.told(ServerMessage.Granted.class)).extracting(ServerMessage.Granted::right)
                .containsExactly(Right.VIEW, Right.EDIT);
        assertThat(ada.revisions()).containsExactly(2L);
    }

    @Test
    void unconfirmedRights_ACC2_letNobodyEditWhoseRightIsGoneWhenTheyAreConfirmed() {
        Guest ada = ada();
        known.confirmed = false;
        rooms.push(ada, ada.title(1, "too late", 10));
        world.pass(1_000);
        known.right = Right.VIEW;
        known.confirmed = true;
        world.pass(1_000);
        assertThat(ada.revisions()).isEmpty();
        assertThat(ada.told(ServerMessage.Rejected.class)).hasSize(1);
    }
}
