package io.watchfloor.client.app;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.stage.FileChooser;

/// Lets a person choose where a file goes, in the system's own way. FX thread only.
final class FilePlace {

    private FilePlace() {}

    /// @param beside a node of the window that asks
    /// @param name that is proposed
    static Optional<Path> choose(Node beside, String name) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save to a file");
        chooser.setInitialFileName(name);
        return Optional.ofNullable(chooser.showSaveDialog(beside.getScene().getWindow())).map(File::toPath);
    }
}
