package io.afterlearner.feedback.core.exposure;

import io.afterlearner.feedback.core.exposure.TrackedExposure.Report;
import io.afterlearner.feedback.core.metric.Metric;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.LogHistogram;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What all reports of one slice of time add up to. A slice may have any number of reports, so they are not kept: its size is limited
 * however many there are. The same event counts once per metric among the latest {@link #RECENT} reports.
 *
 * @param seen number of reports, of any metric
 * @param recent fingerprints of the latest reports, 8 bytes each: report number n has place n mod {@link #RECENT}
 * @param values one for each of the study's attributions, in their order
 */
public record SliceTally(long seen, byte[] recent, List<Values> values) {
    /** Reports among which an event is recognized. */
    public static final int RECENT = 1_024;

    /**
     * What the values of one attribution add up to.
     *
     * @param positive number of values above 0
     * @param bins empty unless the metric's aggregate is a quantile
     */
    public record Values(long count, double sum, long positive, LogHistogram bins) {
        static final Values NONE = new Values(0, 0, 0, LogHistogram.NONE);

        Values plus(double value, Metric metric) {
            return new Values(
                    count + 1,
                    sum + value,
                    positive + (value > 0 ? 1 : 0),
                    bins.plus(metric.tally(value).bins()));
        }
    }

    public SliceTally {
        values = List.copyOf(values);
    }

    /** A slice without reports. */
    public static SliceTally none(List<Attribution> attributions) {
        return new SliceTally(
                0, new byte[0], attributions.stream().map(each -> Values.NONE).toList());
    }

    /** Whether the report's event is among the latest for its metric. */
    public boolean has(Report report) {
        long sought = fingerprint(report);
        ByteBuffer ring = ByteBuffer.wrap(recent);
        return IntStream.range(0, recent.length / Long.BYTES)
                .anyMatch(place -> ring.getLong(place * Long.BYTES) == sought);
    }

    /** Adds a report. */
    public SliceTally plus(Report report, List<Attribution> attributions) {
        int place = (int) (seen % RECENT) * Long.BYTES;
        byte[] ring = Arrays.copyOf(recent, Math.max(recent.length, place + Long.BYTES));
        ByteBuffer.wrap(ring).putLong(place, fingerprint(report));
        List<Values> more = IntStream.range(0, values.size())
                .mapToObj(i -> plus(report, attributions.get(i).metric(), values.get(i)))
                .toList();
        return new SliceTally(seen + 1, ring, more);
    }

    private static Values plus(Report report, Metric metric, Values before) {
        return metric.name().equals(report.metric()) ? before.plus(report.value(), metric) : before;
    }

    /** The totals: one observation per metric, because the slice is what was drawn. */
    public ExposureTotals totals(List<Attribution> attributions) {
        List<Tally> tallies = IntStream.range(0, values.size())
                .mapToObj(i -> attributions.get(i).tallyOfSlice(values.get(i)))
                .toList();
        return new ExposureTotals(
                1,
                tallies,
                values.stream().map(each -> each.count() > 0 ? 1L : 0L).toList(),
                tallies.stream().map(tally -> tally.count() > 0 ? 1L : 0L).toList());
    }

    /** 64 bits: an event is taken for another one with a probability of {@link #RECENT} / 2^64. */
    private static long fingerprint(Report report) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(report.metric().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(report.id().getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SliceTally that
                && seen == that.seen
                && Arrays.equals(recent, that.recent)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(recent) + 31 * values.hashCode() + Long.hashCode(seen);
    }

    @Override
    public String toString() {
        return Stream.concat(Stream.of(seen + " reports"), values.stream().map(Values::toString))
                .toList()
                .toString();
    }
}
