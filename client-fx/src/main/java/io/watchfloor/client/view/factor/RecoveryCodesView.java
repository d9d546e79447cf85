package io.watchfloor.client.view.factor;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.signin.FieldColumn;
import io.watchfloor.client.widget.Icons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Recovery codes, to be kept before they are gone from the screen for good. FX thread only.
public final class RecoveryCodesView extends VBox {

    /// Lets a person choose where a file goes.
    @FunctionalInterface
    public interface Place {

        /// @param name that is proposed
        /// @return empty where it was thought better of
        Optional<Path> choose(String name);
    }

    private static final System.Logger LOG = System.getLogger(RecoveryCodesView.class.getName());

    private final ReadOnlyStringWrapper saved = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper failed = new ReadOnlyStringWrapper("");
    private final Button kept = new Button("I have kept them");

    /// @param done they are kept
    public RecoveryCodesView(CodeSheet sheet, Place place, Runnable done) {
        getStyleClass().add("wf-factor-step");
        Label why = new Label("Each of these signs you in once in place of a code, for the day on which the"
                + " authenticator is lost. They are shown only now.");
        why.setWrapText(true);
        why.setMinHeight(USE_PREF_SIZE);
        TextArea codes = new TextArea(sheet.lines());
        codes.setId("recovery-codes");
        codes.setEditable(false);
        codes.setPrefRowCount(sheet.codes().size() + 1);
        codes.setMinHeight(USE_PREF_SIZE);
        codes.getStyleClass().add("wf-secret");
        codes.setAccessibleText("Recovery codes");
        CopyButton copy = new CopyButton("the recovery codes", sheet.lines());
        copy.setId("copy-codes");
        Button save = new Button("Save to a file", Icons.of(Feather.DOWNLOAD));
        save.setId("save-codes");
        save.getStyleClass().add("wf-bar-button");
        save.setOnAction(_ -> place.choose(sheet.fileName()).ifPresent(file -> save(sheet, file)));
        HBox keep = new HBox(copy, save);
        keep.getStyleClass().add("wf-factor-row");
        kept.setId("codes-kept");
        kept.setDefaultButton(true);
        kept.setMaxWidth(Double.MAX_VALUE);
        kept.setOnAction(_ -> done.run());
        getChildren().addAll(why, codes, keep, FieldColumn.line(saved, Styles.CAPTION),
                FieldColumn.line(failed, Styles.FIELD_ERROR), kept);
    }

    /// Puts the focus where one goes on.
    public void focus() {
        kept.requestFocus();
    }

    private void save(CodeSheet sheet, Path file) {
        try {
            sheet.save(file);
            failed.set("");
            saved.set("Saved to " + file + ". Keep it where nobody else finds it.");
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "recovery codes were not saved", e);
            saved.set("");
            failed.set("Nothing was saved: " + file + " cannot be written. Choose another place, or copy them.");
        }
    }
}
