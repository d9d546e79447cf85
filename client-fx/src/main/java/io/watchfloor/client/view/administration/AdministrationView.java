package io.watchfloor.client.view.administration;

import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.client.view.window.Screen;
import io.watchfloor.client.view.window.Segments;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.util.Duration;

/// The pages of administrators behind one button of the rail; asks for news every few seconds while it is in a window. FX
/// thread only.
public final class AdministrationView implements Screen {

    private static final Duration REFRESH = Duration.seconds(5);

    /// The parts, in their order.
    private enum Part {
        PEOPLE("People"), GROUPS("Groups"), INVITATIONS("Invitations"), PROGRAMS("Programs"), WALLS(
                "Wall screens"), AUDIT(
                        "Audit log");

        private final String title;

        Part(String title) {
            this.title = title;
        }
    }

    private final Administration administration;
    private final Notices notices;
    private final AuditExport export;
    private final LongSupplier now;
    private final BorderPane root = new BorderPane();
    private final Segments<Part> parts;
    private final Timeline refresh = new Timeline(new KeyFrame(REFRESH, _ -> refresh()));
    private Section section;

    /// @param now milliseconds since 1970 UTC, server time
    public AdministrationView(Administration administration, Notices notices, AuditExport export, LongSupplier now) {
        this.administration = administration;
        this.notices = notices;
        this.export = export;
        this.now = now;
        Label title = new Label("Administration");
        title.getStyleClass().add(Styles.TOP_BAR_TITLE);
        parts = new Segments<>(List.of(Part.values()), part -> part.title, part -> show(part).focus());
        for (Part part : Part.values()) {
            parts.button(part).setId("part-" + part.name().toLowerCase(Locale.ROOT));
        }
        HBox bar = new HBox(title, parts.node());
        bar.getStyleClass().addAll(Styles.TOP_BAR, "wf-admin-bar");
        root.setTop(bar);
        root.getStyleClass().add(Styles.GROUND);
        section = made(Part.PEOPLE);
        root.setCenter(section.node());
        parts.show(Part.PEOPLE);
        refresh.setCycleCount(Animation.INDEFINITE);
        refresh.play();
    }

    private Section show(Part part) {
        section.dispose();
        section = made(part);
        root.setCenter(section.node());
        parts.show(part);
        return section;
    }

    private Section made(Part part) {
        return switch (part) {
            case PEOPLE -> new PeopleView(new PeopleModel(administration, notices), now,
                    () -> show(Part.INVITATIONS).focus()).section();
            case GROUPS -> new GroupsView(new GroupsModel(administration, notices)).section();
            case INVITATIONS -> new InvitationsView(new InvitationsModel(administration, notices)).section();
            case PROGRAMS -> new ProgramsView(new ProgramsModel(administration, notices), now).section();
            case WALLS -> new WallScreensView(new WallScreensModel(administration, notices), now).section();
            case AUDIT -> new AuditView(
                    new AuditModel(administration, notices, export, now, ZoneId.systemDefault())).section();
        };
    }

    private void refresh() {
        section.refresh();
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void focus() {
        section.focus();
    }

    @Override
    public void dispose() {
        refresh.stop();
        section.dispose();
    }
}
