package io.watchfloor.client.widget.table;

import io.watchfloor.client.format.Figure;
import io.watchfloor.client.format.Numbers;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.theme.Typeface;
import io.watchfloor.sample.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableColumn;

/// A column of numbers of one unit. FX thread only.
final class NumberColumn extends TableColumn<Table.Row, Table.Cell> {

    private static final double SCALE_OF_BODY = 13 / Typeface.CAPTION;

    private static final double BAR_ROOM = 104;
    private static final double PADDING = 28;
    private static final double SORT_ARROW = 16;
    private static final double WHOLE_BELOW = 1e8;

    private final Unit unit;
    private double unitWidth;

    NumberColumn(String name, Unit unit, int index) {
        super(name);
        this.unit = unit;
        getStyleClass().add("wf-number-header");
        setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().cells().get(index)));
        setCellFactory(column -> new NumberCell(this));
        setPrefWidth(unit == Unit.PERCENT ? BAR_ROOM : 0);
        setSortType(SortType.DESCENDING);
        setComparator((a, b) -> Double.compare(sortKey(a), sortKey(b)));
    }

    Unit unit() {
        return unit;
    }

    /// How a value is written: numbers without a unit whole, because they may be names, like that of a process.
    Figure figure(double value) {
        boolean whole = unit == Unit.NONE && value == Math.rint(value) && Math.abs(value) < WHOLE_BELOW;
        return whole ? new Figure(Numbers.fixed(value, 0), "") : Numbers.brief(value, unit);
    }

    /// Room for the widest unit that has been shown.
    double unitWidth() {
        return unitWidth;
    }

    /// Makes room for the values to come; room is never given back, so that nothing moves to and fro.
    void prepare(List<Table.Row> rows, int index) {
        Set<String> units = new HashSet<>();
        int longest = 4;
        for (Table.Row row : rows) {
            Double number = row.cells().get(index).number();
            Figure figure = figure(number == null ? Double.NaN : number);
            units.add(figure.unit());
            longest = Math.max(longest, figure.number().length());
        }
        for (String each : units) {
            unitWidth = Math.max(unitWidth, Math.ceil(Typeface.width(each, Typeface.caption()) * SCALE_OF_BODY));
        }
        double number = Typeface.width("0".repeat(longest), Typeface.caption()) * SCALE_OF_BODY;
        double header = Typeface.width(getText(), Typeface.caption()) + SORT_ARROW;
        double wanted = Math.ceil(Math.max(header, number + unitWidth) + PADDING);
        setPrefWidth(Math.max(getPrefWidth(), wanted));
    }

    /// Values that are not there come last when the greatest come first.
    private static double sortKey(Table.Cell cell) {
        Double number = cell.number();
        return number == null || number.isNaN() ? Double.NEGATIVE_INFINITY : number;
    }
}
