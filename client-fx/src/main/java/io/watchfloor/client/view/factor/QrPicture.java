package io.watchfloor.client.view.factor;

import io.nayuki.qrcodegen.QrCode;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;

/// A QR code, dark on light in every theme, for many readers know no other. FX thread only.
final class QrPicture extends StackPane {

    /// Pixels of a module; whole ones, so that its edges are sharp.
    private static final int MODULE = 4;
    /// Modules that are left free around it (ISO/IEC 18004).
    private static final int QUIET = 4;

    /// @param alternative what it is, for those who do not see it
    QrPicture(String content, String alternative) {
        QrCode code = QrCode.encodeText(content, QrCode.Ecc.MEDIUM);
        SVGPath dark = new SVGPath();
        dark.setContent(path(code));
        dark.getStyleClass().add("wf-qr-dark");
        getChildren().add(dark);
        getStyleClass().add("wf-qr");
        double side = (code.size + 2 * QUIET) * (double) MODULE;
        setMinSize(side, side);
        setPrefSize(side, side);
        setMaxSize(side, side);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(alternative);
    }

    /// The dark modules, those that touch in a row as one rectangle.
    static String path(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int end = x;
                while (end < code.size && code.getModule(end, y)) {
                    end++;
                }
                if (end > x) {
                    path.append('M').append(x * MODULE).append(' ').append(y * MODULE)
                            .append('h').append((end - x) * MODULE).append('v').append(MODULE)
                            .append('h').append((x - end) * MODULE).append('z');
                }
                x = end + 1;
            }
        }
        return path.toString();
    }
}
