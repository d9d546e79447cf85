package io.watchfloor.client.view.administration;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import org.jspecify.annotations.Nullable;

/// What each part of the administration page knows and can do. FX thread only.
interface SectionModel {

    /// Asks for what may have changed.
    void refresh();

    /// Why the last thing asked for was not done; empty for nothing.
    ReadOnlyStringProperty problemProperty();

    void close();

    /// One that has rows of which one at a time is looked at.
    interface Choosing<R> extends SectionModel {

        ReadOnlyObjectProperty<@Nullable R> chosenProperty();

        /// @param row null to look at none
        void choose(@Nullable R row);
    }
}
