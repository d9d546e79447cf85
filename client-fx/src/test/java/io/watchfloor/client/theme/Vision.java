package io.watchfloor.client.theme;

import javafx.scene.paint.Color;

/// How people see colours. Sources: Machado, Oliveira, Fernandes 2009 (severity 1.0); Ottosson, OKLab.
enum Vision {
    FULL(12, 1, 0, 0, 0, 1, 0, 0, 0, 1), WITHOUT_RED(6, 0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216,
            -0.003882, -0.048116, 1.051998), WITHOUT_GREEN(6, 0.367322, 0.860646, -0.227968, 0.280085, 0.672501,
                    0.047413, -0.011820, 0.042940, 0.968881), WITHOUT_BLUE(6, 1.255528, -0.076749, -0.178779, -0.078411,
                            0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

    /// Least distance between two series.
    final double least;
    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final double[] matrix;

    Vision(double least, double... matrix) {
        this.least = least;
        this.matrix = matrix;
    }

    double distance(Color a, Color b) {
        double[] one = lab(seen(a));
        double[] other = lab(seen(b));
        return 100 * Math.sqrt(Math.pow(one[0] - other[0], 2) + Math.pow(one[1] - other[1], 2)
                + Math.pow(one[2] - other[2], 2));
    }

    static double[] linear(Color colour) {
        return new double[]{linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())};
    }

    private static double linear(double c) {
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private double[] seen(Color colour) {
        double[] rgb = linear(colour);
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            double sum = matrix[3 * i] * rgb[0] + matrix[3 * i + 1] * rgb[1] + matrix[3 * i + 2] * rgb[2];
            seen[i] = Math.clamp(sum, 0.0, 1.0);
        }
        return seen;
    }

    private static double[] lab(double[] rgb) {
        double l = Math.cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
        double m = Math.cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
        double s = Math.cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
        return new double[]{0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
                1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
                0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s};
    }
}
