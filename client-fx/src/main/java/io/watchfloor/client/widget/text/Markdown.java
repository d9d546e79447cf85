package io.watchfloor.client.widget.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.scene.transform.Shear;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/// A text with a small set of Markdown as nodes to read: headings, lists, quotes, code, bold, italic and links. Nothing is
/// loaded and nothing is run: HTML stands as it was written, an image as its description, and a link leads to http, https
/// or mail and nowhere else, with the place it leads to behind its words. Its nesting is bounded. FX thread only.
///
/// Source: CommonMark 0.31.
final class Markdown {

    private static final int DEEPEST = 8;
    private static final String ITALIC = "wf-md-italic";
    private static final double SLANT = -0.2;
    private static final String MAIL = "mailto";
    private static final Set<String> SCHEMES = Set.of("http", "https", MAIL);
    private static final Parser PARSER = Parser.builder().maxOpenBlockParsers(DEEPEST).maxInlineNesting(DEEPEST)
            .build();

    private final Consumer<URI> follow;

    /// @param follow told which link was clicked
    Markdown(Consumer<URI> follow) {
        this.follow = follow;
    }

    /// Blocks one below the other.
    List<Node> render(String text) {
        return blocks(PARSER.parse(PlainText.of(text)));
    }

    private List<Node> blocks(org.commonmark.node.Node parent) {
        List<Node> nodes = new ArrayList<>();
        for (org.commonmark.node.Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            Node block = block(child);
            if (block != null) {
                nodes.add(block);
            }
        }
        return nodes;
    }

    private @Nullable Node block(org.commonmark.node.Node block) {
        return switch (block) {
            case Heading heading -> flow(heading, "wf-md-heading", "wf-md-h" + Math.min(heading.getLevel(), 3));
            case Paragraph paragraph -> flow(paragraph, "wf-md-paragraph");
            case BulletList list -> list(list, 0, "");
            case OrderedList list -> list(list, list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber(),
                    ".");
            case BlockQuote quote -> box(blocks(quote), "wf-md-quote");
            case FencedCodeBlock code -> code(code.getLiteral());
            case IndentedCodeBlock code -> code(code.getLiteral());
            case HtmlBlock html -> plain(html.getLiteral());
            case ThematicBreak _ -> box(List.of(), "wf-md-rule");
            case LinkReferenceDefinition _ -> null;
            default -> box(blocks(block), "wf-md-blocks");
        };
    }

    private static Region box(List<Node> nodes, String style) {
        VBox box = new VBox(nodes.toArray(Node[]::new));
        box.getStyleClass().add(style);
        return box;
    }

    private Region list(org.commonmark.node.Node list, int first, String after) {
        VBox box = new VBox();
        box.getStyleClass().add("wf-md-list");
        int number = first;
        for (org.commonmark.node.Node item = list.getFirstChild(); item instanceof ListItem; item = item.getNext()) {
            Label mark = new Label(after.isEmpty() ? "•" : number + after);
            mark.getStyleClass().add("wf-md-mark");
            mark.setMinWidth(Region.USE_PREF_SIZE);
            Region content = box(blocks(item), "wf-md-item");
            HBox.setHgrow(content, Priority.ALWAYS);
            HBox row = new HBox(mark, content);
            row.getStyleClass().add("wf-md-row");
            box.getChildren().add(row);
            number++;
        }
        return box;
    }

    private static Region code(String literal) {
        Label code = new Label(literal.stripTrailing());
        code.getStyleClass().add("wf-md-code-block");
        code.setWrapText(true);
        code.setMaxWidth(Double.MAX_VALUE);
        code.setMinHeight(Region.USE_PREF_SIZE);
        return code;
    }

    private static TextFlow plain(String literal) {
        TextFlow flow = new TextFlow(new Text(literal.stripTrailing()));
        flow.getStyleClass().add("wf-md-paragraph");
        return flow;
    }

    private TextFlow flow(org.commonmark.node.Node block, String... styles) {
        TextFlow flow = new TextFlow();
        flow.getStyleClass().addAll(styles);
        inlines(block, List.of(), flow);
        return flow;
    }

    private void inlines(org.commonmark.node.Node parent, List<String> styles, TextFlow flow) {
        for (org.commonmark.node.Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            switch (child) {
                case org.commonmark.node.Text text -> add(text.getLiteral(), styles, flow);
                case Code code -> add(code.getLiteral(), with(styles, "wf-md-code"), flow);
                case Emphasis emphasis -> inlines(emphasis, with(styles, ITALIC), flow);
                case StrongEmphasis strong -> inlines(strong, with(styles, "wf-md-bold"), flow);
                case HtmlInline html -> add(html.getLiteral(), styles, flow);
                case SoftLineBreak _ -> add("\n", styles, flow);
                case HardLineBreak _ -> add("\n", styles, flow);
                case Link link -> link(link, styles, flow);
                case Image image -> {
                    add("[image: ", with(styles, "wf-md-faint"), flow);
                    inlines(image, with(styles, "wf-md-faint"), flow);
                    add("]", with(styles, "wf-md-faint"), flow);
                }
                default -> inlines(child, styles, flow);
            }
        }
    }

    private static List<String> with(List<String> styles, String more) {
        List<String> all = new ArrayList<>(styles);
        all.add(more);
        return all;
    }

    private static void add(String text, List<String> styles, TextFlow flow) {
        if (!styles.contains(ITALIC)) {
            flow.getChildren().add(styled(text, styles));
            return;
        }
        // the bundled font has no italic: each word is slanted for itself, so that lines still break between them
        for (String word : text.splitWithDelimiters(" +", 0)) {
            Text node = styled(word, styles);
            node.getTransforms().add(new Shear(SLANT, 0, 0, node.getBaselineOffset()));
            flow.getChildren().add(node);
        }
    }

    private static Text styled(String text, List<String> styles) {
        Text node = new Text(text);
        node.getStyleClass().addAll(styles);
        return node;
    }

    /// A link that leads nowhere one may go stands as it was written, with its target.
    private void link(Link link, List<String> styles, TextFlow flow) {
        URI target = target(link.getDestination());
        int from = flow.getChildren().size();
        inlines(link, target == null ? styles : with(styles, "wf-md-link"), flow);
        if (target == null) {
            add(" (" + link.getDestination() + ")", with(styles, "wf-md-faint"), flow);
            return;
        }
        String place = place(target);
        String words = words(flow.getChildren().subList(from, flow.getChildren().size()));
        if (!words.equals(place) && !words.equals(target.toString())) {
            add(" (" + place + ")", with(styles, "wf-md-faint"), flow);
        }
        Tooltip whole = new Tooltip(target.toString());
        for (Node part : flow.getChildren().subList(from, flow.getChildren().size())) {
            Tooltip.install(part, whole);
            part.setOnMouseClicked(event -> {
                follow.accept(target);
                event.consume();
            });
        }
    }

    private static String words(List<Node> parts) {
        StringBuilder words = new StringBuilder();
        for (Node part : parts) {
            words.append(part instanceof Text text ? text.getText() : "");
        }
        return words.toString();
    }

    /// Where it leads, as it stands behind the words of a link: these may say anything.
    private static String place(URI target) {
        return target.getHost() == null ? target.getRawSchemeSpecificPart() : target.getHost();
    }

    /// The target of a link that may be followed, with no name in front of the host that passes for another host, and no
    /// letters in the host that look like others.
    static @Nullable URI target(String destination) {
        try {
            URI uri = new URI(destination);
            String scheme = uri.getScheme();
            if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
                return null;
            }
            return MAIL.equalsIgnoreCase(scheme) || (uri.getHost() != null && uri.getRawUserInfo() == null)
                    ? new URI(uri.toASCIIString())
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
