package io.watchfloor.client.view.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.view.dashboard.GridGeometry.Rectangle;
import io.watchfloor.client.view.dashboard.Placement.Kind;
import io.watchfloor.document.Bounds;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final Bounds FROM = new Bounds(0, 0, 6, 4);

    @Test
    void move_toFreeCells_takesThem() {
        assertThat(new Placement(Kind.MOVE, FROM).target(7, 2, List.of())).isEqualTo(new Bounds(7, 2, 6, 4));
    }

    @Test
    void move_ontoOthers_goesToTheNearestFreePlace_andOthersStay() {
        Bounds other = new Bounds(6, 0, 6, 4);
        assertThat(new Placement(Kind.MOVE, FROM).target(8, 0, List.of(other))).isEqualTo(new Bounds(12, 0, 6, 4));
    }

    @Test
    void move_staysInsideTheGrid() {
        assertThat(new Placement(Kind.MOVE, FROM).target(90, -3, List.of())).isEqualTo(new Bounds(18, 0, 6, 4));
    }

    @Test
    void resize_stopsAtOthers_andAtTheLeastSize() {
        Bounds other = new Bounds(8, 0, 6, 4);
        assertThat(new Placement(Kind.RESIZE, FROM).target(5, 0, List.of(other))).isEqualTo(new Bounds(0, 0, 8, 4));
        assertThat(new Placement(Kind.RESIZE, FROM).target(-20, -20, List.of())).isEqualTo(new Bounds(0, 0, 2, 2));
    }

    @Test
    void anArrowKey_jumpsOverWhatIsInTheWay_orDoesNothing() {
        Bounds other = new Bounds(6, 0, 6, 4);
        assertThat(new Placement(Kind.MOVE, FROM).step(1, 0, List.of(other))).isEqualTo(new Bounds(12, 0, 6, 4));
        Bounds wall = new Bounds(6, 0, 18, 4);
        assertThat(new Placement(Kind.MOVE, FROM).step(1, 0, List.of(wall))).isEqualTo(FROM);
        assertThat(new Placement(Kind.MOVE, FROM).step(0, 1, List.of())).isEqualTo(FROM);
        assertThat(new Placement(Kind.MOVE, FROM).step(0, 1, List.of(other))).isEqualTo(new Bounds(0, 1, 6, 4));
    }

    @Test
    void geometry_leavesTheGapBetweenNeighbours_onWholePixels_atAnyWidth() {
        for (int width = 400; width < 3_000; width += 37) {
            GridGeometry geometry = new GridGeometry(width);
            Rectangle left = geometry.rectangle(new Bounds(0, 0, 7, 2));
            Rectangle right = geometry.rectangle(new Bounds(7, 0, 17, 2));
            assertThat(right.x() - left.x() - left.width()).isEqualTo(GridGeometry.GAP);
            assertThat(left.x()).isEqualTo(GridGeometry.GAP);
            assertThat(right.x() + right.width()).isEqualTo(Math.rint(right.x() + right.width()))
                    .isEqualTo(width - GridGeometry.GAP);
        }
    }
}
