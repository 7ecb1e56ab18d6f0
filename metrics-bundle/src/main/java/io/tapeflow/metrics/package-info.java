/**
 * Order flow from trades: sums over windows and since anchors, each with the status of its feed.
 *
 * <h2>Names and units</h2>
 *
 * The window ({@code 60s}) or anchor ({@code start}, {@code session}) comes last. Windows are
 * {@code (now - W, now]} on exchange time. {@code start} is the first trade that was known, {@code
 * session} 00:00 UTC of exchange time unless configured; both outlive a restart of the bundle.
 *
 * <table>
 * <caption>Metrics and their units</caption>
 * <tr><td>{@code price.last}</td><td>quote units</td></tr>
 * <tr><td>{@code volume}, {@code volume.buy}, {@code volume.sell}</td>
 *     <td>base units, or contracts where the venue trades contracts</td></tr>
 * <tr><td>{@code value.buy}, {@code value.sell}</td>
 *     <td>sum of price x quantity: quote units, or contracts x quote units</td></tr>
 * <tr><td>{@code delta}, {@code cvd}, {@code cvd.max}, {@code cvd.min}</td>
 *     <td>bought - sold volume, in the unit of volume; the extremes include the 0 at the
 *     anchor</td></tr>
 * <tr><td>{@code delta.value}</td><td>bought - sold value, in the unit of value</td></tr>
 * <tr><td>{@code trades}, {@code trades.buy}, {@code trades.sell}</td>
 *     <td>number of aggregate trades</td></tr>
 * <tr><td>{@code pressure}</td><td>bought / sold volume; none if nothing was sold</td></tr>
 * <tr><td>{@code imbalance}</td><td>(bought - sold) / volume, -1 to 1; none without a
 *     trade</td></tr>
 * <tr><td>{@code dominant}</td><td>{@code BUY} or {@code SELL} if that side's volume is at least
 *     {@code dominance.ratio} times the other's, else {@code NEUTRAL}; none without a
 *     trade</td></tr>
 * <tr><td>{@code vwap}</td><td>quote units; none without a trade</td></tr>
 * <tr><td>{@code rate}</td><td>aggregate trades per second; none until the window is covered,
 *     because a count over part of a window is not a rate over all of it</td></tr>
 * </table>
 *
 * Sums are exact. The results of divisions ({@code pressure}, {@code imbalance}, {@code vwap},
 * {@code rate}) have 16 significant digits, rounded half to even. Block trades are left out.
 */
package io.tapeflow.metrics;
