package io.watchfloor.client.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import java.util.List;
import javafx.scene.text.Font;
import org.junit.jupiter.api.Test;

class TypefaceTest {

    @Test
    void figures_haveOneWidthInEveryFaceAndSize() throws Exception {
        FxThread.run(() -> {
            for (Font font : List.of(Typeface.caption(), Typeface.captionMedium(), Typeface.display(28),
                    Typeface.display(96), Font.font("Watchfloor Sans", javafx.scene.text.FontWeight.BOLD, 13))) {
                for (int figure = 1; figure < 10; figure++) {
                    assertThat(Typeface.width(Integer.toString(figure), font)).as(font + " " + figure)
                            .isEqualTo(Typeface.width("0", font));
                }
            }
        });
    }

    @Test
    void faces_areTheBundledOnes() throws Exception {
        FxThread.run(() -> {
            assertThat(Typeface.caption().getFamily()).isEqualTo("Watchfloor Sans");
            assertThat(Typeface.captionMedium().getFamily()).isEqualTo("Watchfloor Sans Medium");
            assertThat(Typeface.display(40).getFamily()).isEqualTo("Watchfloor Sans Display");
        });
    }
}
