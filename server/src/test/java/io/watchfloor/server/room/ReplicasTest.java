package io.watchfloor.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.ReplicaId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplicasTest {

    private final Replicas replicas = new Replicas();

    private static ReplicaId id(int number) {
        return new ReplicaId(new UUID(1, number));
    }

    @Test
    void replicas_ROOM33_keepThoseInUseAndTheLatestOthers() {
        for (int number = 1; number <= 3_000; number++) {
            replicas.joined(id(number), "ada", number);
        }
        replicas.progress(7);
        replicas.letGo(number -> number <= 3);
        assertThat(replicas.size()).isEqualTo(Replicas.KEPT);
        for (int number : new int[]{1, 2, 3, 7, 3_000, 3_000 - Replicas.KEPT + 5}) {
            assertThat(replicas.find(number)).as("replica " + number).isNotNull();
            assertThat(replicas.known(id(number))).isEqualTo(new Replicas.Known("ada", number));
        }
        for (int number : new int[]{4, 8, 3_000 - Replicas.KEPT}) {
            assertThat(replicas.find(number)).as("replica " + number).isNull();
            assertThat(replicas.known(id(number))).isNull();
        }
    }

    @Test
    void replicas_ROOM33_stayAsTheyAreWhereAllAreInUse() {
        for (int number = 1; number <= 2 * Replicas.KEPT; number++) {
            replicas.joined(id(number), "ada", number);
        }
        replicas.letGo(_ -> true);
        assertThat(replicas.size()).isEqualTo(2 * Replicas.KEPT);
    }
}
