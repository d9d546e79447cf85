import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Draws the icons of all systems from `watchfloor.svg`: `java installer/icons/DrawIcons.java`. Knows the few shapes that
/// the drawing uses.
public final class DrawIcons {

    private static final int[] ICO_SIZES = {16, 24, 32, 48, 64, 128, 256};
    private static final String[] ICNS_TYPES = {"ic07", "ic08", "ic09", "ic10"};

    public static void main(String[] args) throws Exception {
        System.setProperty("java.awt.headless", "true");
        Path folder = Path.of(args.length > 0 ? args[0] : "installer/icons");
        NodeList shapes = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(folder.resolve("watchfloor.svg").toFile()).getDocumentElement().getElementsByTagName("*");
        Files.write(folder.resolve("watchfloor.png"), png(shapes, 512));
        Files.write(folder.resolve("watchfloor.ico"), ico(shapes));
        Files.write(folder.resolve("watchfloor.icns"), icns(shapes));
    }

    private static byte[] png(NodeList shapes, int size) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(size / 256.0, size / 256.0);
        for (int i = 0; i < shapes.getLength(); i++) {
            draw(g, (Element) shapes.item(i));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static void draw(Graphics2D g, Element shape) {
        switch (shape.getTagName()) {
            case "rect" -> {
                g.setColor(Color.decode(shape.getAttribute("fill")));
                double round = 2 * number(shape, "rx");
                g.fill(new RoundRectangle2D.Double(number(shape, "x"), number(shape, "y"), number(shape, "width"),
                        number(shape, "height"), round, round));
            }
            case "polyline" -> {
                g.setColor(Color.decode(shape.getAttribute("stroke")));
                g.setStroke(new BasicStroke((float) number(shape, "stroke-width"), BasicStroke.CAP_ROUND,
                        BasicStroke.JOIN_ROUND));
                Path2D.Double line = new Path2D.Double();
                for (String point : shape.getAttribute("points").split(" ")) {
                    String[] xy = point.split(",");
                    double x = Double.parseDouble(xy[0]);
                    double y = Double.parseDouble(xy[1]);
                    if (line.getCurrentPoint() == null) {
                        line.moveTo(x, y);
                    } else {
                        line.lineTo(x, y);
                    }
                }
                g.draw(line);
            }
            default -> throw new IllegalArgumentException("a <" + shape.getTagName() + "> is not drawn");
        }
    }

    private static double number(Element shape, String name) {
        return Double.parseDouble(shape.getAttribute(name));
    }

    /// Windows: a directory of PNG pictures.
    private static byte[] ico(NodeList shapes) throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        int offset = 6 + 16 * ICO_SIZES.length;
        int length = offset;
        for (int size : ICO_SIZES) {
            byte[] picture = png(shapes, size);
            pictures.add(picture);
            length += picture.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) 0).putShort((short) 1).putShort((short) ICO_SIZES.length);
        for (int i = 0; i < ICO_SIZES.length; i++) {
            // 0 stands for 256
            out.put((byte) ICO_SIZES[i]).put((byte) ICO_SIZES[i]).putShort((short) 0).putShort((short) 1)
                    .putShort((short) 32).putInt(pictures.get(i).length).putInt(offset);
            offset += pictures.get(i).length;
        }
        pictures.forEach(out::put);
        return out.array();
    }

    /// macOS: tagged PNG pictures of 128, 256, 512 and 1024 pixels.
    private static byte[] icns(NodeList shapes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < ICNS_TYPES.length; i++) {
            byte[] picture = png(shapes, 128 << i);
            body.write(ICNS_TYPES[i].getBytes(StandardCharsets.US_ASCII));
            body.write(ByteBuffer.allocate(4).putInt(8 + picture.length).array());
            body.write(picture);
        }
        return ByteBuffer.allocate(8 + body.size()).put("icns".getBytes(StandardCharsets.US_ASCII))
                .putInt(8 + body.size()).put(body.toByteArray()).array();
    }
}
