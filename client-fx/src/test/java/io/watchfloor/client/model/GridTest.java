package io.watchfloor.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GridTest {

    @Test
    void nearestFree_aFreePlaceIsTakenAsItIs() {
        Bounds wanted = new Bounds(3, 4, 6, 4);
        assertThat(Grid.nearestFree(wanted, List.of(new Bounds(9, 4, 6, 4)))).contains(wanted);
    }

    @Test
    void nearestFree_occupiedGoesToTheNearest() {
        assertThat(Grid.nearestFree(new Bounds(1, 0, 4, 4), List.of(new Bounds(0, 0, 6, 4))))
                .contains(new Bounds(1, 4, 4, 4));
        assertThat(Grid.nearestFree(new Bounds(4, 2, 4, 4), List.of(new Bounds(0, 0, 6, 8))))
                .contains(new Bounds(6, 2, 4, 4));
    }

    @Test
    void nearestFree_ofEquallyNearOnesTheUpperThenTheLeft() {
        Bounds middle = new Bounds(10, 10, 2, 2);
        assertThat(Grid.nearestFree(middle, List.of(middle))).contains(new Bounds(10, 8, 2, 2));
    }

    @Test
    void nearestFree_aFullRowGoesBelow() {
        assertThat(Grid.nearestFree(new Bounds(0, 0, 24, 3), List.of(new Bounds(0, 0, 24, 5))))
                .contains(new Bounds(0, 5, 24, 3));
    }

    @Test
    void nearestFree_isAsNearAsATrialOfEveryPlaceFinds() {
        SplittableRandom random = new SplittableRandom(17);
        for (int round = 0; round < 200; round++) {
            List<Bounds> occupied = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                occupied.add(any(random));
            }
            Bounds wanted = any(random);
            long best = Long.MAX_VALUE;
            for (int y = 0; y < 60; y++) {
                for (int x = 0; x <= Bounds.COLUMNS - wanted.w(); x++) {
                    Bounds place = new Bounds(x, y, wanted.w(), wanted.h());
                    if (Grid.isFree(place, occupied)) {
                        best = Math.min(best, distance(wanted, place));
                    }
                }
            }
            Bounds found = Grid.nearestFree(wanted, occupied).orElseThrow();
            assertThat(Grid.isFree(found, occupied)).isTrue();
            assertThat(distance(wanted, found)).isEqualTo(best);
        }
    }

    private static Bounds any(SplittableRandom random) {
        int w = random.nextInt(1, 10);
        return new Bounds(random.nextInt(0, Bounds.COLUMNS - w + 1), random.nextInt(0, 15), w, random.nextInt(1, 8));
    }

    private static long distance(Bounds a, Bounds b) {
        long dx = (long) a.x() - b.x();
        long dy = (long) a.y() - b.y();
        return dx * dx + dy * dy;
    }

    @Test
    void moved_staysInsideTheGrid() {
        Bounds widget = new Bounds(4, 4, 6, 4);
        assertThat(Grid.moved(widget, -10, -10)).isEqualTo(new Bounds(0, 0, 6, 4));
        assertThat(Grid.moved(widget, 100, 5_000)).isEqualTo(new Bounds(18, 996, 6, 4));
        assertThat(Grid.moved(widget, Integer.MAX_VALUE, 1)).isEqualTo(new Bounds(18, 5, 6, 4));
    }

    @Test
    void resized_anEdgeStopsAndPushesNothing() {
        Bounds widget = new Bounds(4, 4, 6, 4);
        assertThat(Grid.resized(widget, new Grid.Edges(0, 0, 3, 2), 2, 2)).isEqualTo(new Bounds(4, 4, 9, 6));
        assertThat(Grid.resized(widget, new Grid.Edges(0, 0, -50, -50), 2, 2)).isEqualTo(new Bounds(4, 4, 2, 2));
        assertThat(Grid.resized(widget, new Grid.Edges(0, 0, 50, 0), 2, 2)).isEqualTo(new Bounds(4, 4, 20, 4));
        assertThat(Grid.resized(widget, new Grid.Edges(50, 50, 0, 0), 2, 2)).isEqualTo(new Bounds(8, 6, 2, 2));
        assertThat(Grid.resized(widget, new Grid.Edges(-50, -50, 0, 0), 2, 2)).isEqualTo(new Bounds(0, 0, 10, 8));
    }

    @Test
    void resized_aWidgetBelowTheLeastSizeMayStaySo() {
        assertThat(Grid.resized(new Bounds(0, 0, 1, 1), new Grid.Edges(0, 0, -1, 0), 2, 2))
                .isEqualTo(new Bounds(0, 0, 1, 1));
    }

    @Test
    void resizedFree_goesAsFarAsThereIsRoom() {
        Bounds from = new Bounds(0, 0, 4, 4);
        Bounds wanted = new Bounds(0, 0, 12, 4);
        assertThat(Grid.resizedFree(from, wanted, List.of(new Bounds(8, 0, 4, 4)))).isEqualTo(new Bounds(0, 0, 8, 4));
        assertThat(Grid.resizedFree(from, wanted, List.of())).isEqualTo(wanted);
        assertThat(Grid.resizedFree(from, wanted, List.of(new Bounds(2, 2, 4, 4)))).isEqualTo(wanted);
    }
}
