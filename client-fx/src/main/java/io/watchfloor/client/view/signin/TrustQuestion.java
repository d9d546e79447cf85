package io.watchfloor.client.view.signin;

import io.watchfloor.client.sync.trust.UnknownServer;
import io.watchfloor.client.view.window.Question;
import io.watchfloor.client.widget.text.PlainText;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import javafx.scene.layout.StackPane;

/// Asks whether a server that no authority vouches for is to be trusted, and shows what to compare. FX thread only.
public final class TrustQuestion {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    private static final int MOST_SUBJECT = 120;

    private final URI server;
    private final UnknownServer unknown;

    public TrustQuestion(URI server, UnknownServer unknown) {
        this.server = server;
        this.unknown = unknown;
    }

    /// What is asked, as plain text.
    String sentence() {
        String begin = unknown.changed()
                ? "The certificate of " + server.getAuthority()
                        + " is not the one that you trusted before. Either it was"
                        + " renewed, or somebody stands between you and the server: ask its administrator."
                : "Nobody vouches for the certificate of " + server.getAuthority() + ". Its administrator sees the"
                        + " fingerprint in the server's log; trust it only where they are the same.";
        return begin + "\n\nSHA-256 fingerprint:\n" + halves() + "\n\nFor " + subject() + ", until "
                + DAY.format(unknown.until()) + ".";
    }

    /// Whom the certificate names, as whoever made it has written: on one line, and not so long that it hides what counts.
    private String subject() {
        String told = PlainText.line(unknown.subject());
        return told.length() <= MOST_SUBJECT ? told : told.substring(0, MOST_SUBJECT) + "…";
    }

    /// In lines that can be compared.
    private String halves() {
        String text = unknown.fingerprint();
        int middle = text.length() / 2 + 1;
        return text.substring(0, middle) + "\n" + text.substring(middle);
    }

    /// @param answered told whether it is trusted
    public void show(StackPane over, Consumer<Boolean> answered) {
        Question[] asked = new Question[1];
        asked[0] = new Question(unknown.changed() ? "Another certificate" : "Trust this server?", sentence(),
                "Do not connect", "Trust it", yes -> {
                    over.getChildren().remove(asked[0].node());
                    answered.accept(yes);
                });
        over.getChildren().add(asked[0].node());
        asked[0].focus();
    }
}
