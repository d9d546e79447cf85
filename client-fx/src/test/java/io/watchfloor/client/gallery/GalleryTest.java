package io.watchfloor.client.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.theme.Theme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.Test;

class GalleryTest {

    @Test
    void pages_areDrawnInEveryThemeAndEachLooksDifferent() throws Exception {
        List<Integer> grounds = new ArrayList<>();
        for (Theme theme : Theme.values()) {
            FxThread.run(() -> {
                for (var page : List.of(Gallery.machine(), Gallery.states(), Gallery.notes(), Gallery.controls())) {
                    WritableImage picture = Gallery.picture(page, theme);
                    assertThat(colours(picture).size()).as(theme.key()).isGreaterThan(100);
                    if (page.lookup(".wf-table") == null) {
                        grounds.add(picture.getPixelReader().getArgb(1_500, 900));
                    }
                }
            });
        }
        assertThat(new HashSet<>(grounds)).hasSize(Theme.values().length);
    }

    private static Set<Integer> colours(WritableImage picture) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < picture.getHeight(); y += 3) {
            for (int x = 0; x < picture.getWidth(); x += 3) {
                colours.add(picture.getPixelReader().getArgb(x, y));
            }
        }
        return colours;
    }
}
