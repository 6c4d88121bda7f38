package io.afterlearner.feedback.core.statistics;

/**
 * Moments of a second value that some of the observations have, such as what their unit did before, or the number of its sessions.
 * Together with the {@link Moments} of the first value they give the covariance of both. They are independent of order, and correctable
 * by subtraction.
 *
 * <p>Both values are shares, 0 to 1, like those of {@link Moments}: the first one as it is counted there, the second one of a range of its
 * own. So products and squares are of the same size, and precision does not depend on units.
 *
 * @param count number of observations that have a second value
 * @param own sum of the first values of these observations
 * @param sum sum of the second values
 * @param squares sum of the squared second values
 * @param products sum of the products of both
 */
public record Pairs(long count, double own, double sum, double squares, double products) {
    public static final Pairs NONE = new Pairs(0, 0, 0, 0, 0);

    /** Of one observation: its first and its second value. */
    public static Pairs of(double first, double second) {
        return new Pairs(1, first, second, second * second, first * second);
    }

    public Pairs plus(Pairs other) {
        return new Pairs(
                count + other.count,
                own + other.own,
                sum + other.sum,
                squares + other.squares,
                products + other.products);
    }

    public Pairs minus(Pairs other) {
        return new Pairs(
                count - other.count,
                own - other.own,
                sum - other.sum,
                squares - other.squares,
                products - other.products);
    }

    /** Of so many times as many observations of the same kind. */
    public Pairs grown(double times) {
        return new Pairs(Math.round(count * times), own * times, sum * times, squares * times, products * times);
    }
}
