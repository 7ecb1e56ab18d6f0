// Asks the API and follows its events. Nothing here computes.

// Only what the page shows, so that a snapshot stays small.
const METRICS = ['price.last', 'delta.', 'dominant.', 'imbalance.', 'pressure.', 'rate.', 'vwap.deviation.',
  'cvd.session', 'cvd.start', 'cvd.slope.direction.', 'profile.session', 'profile.row.session',
  'profile.poc.session', 'profile.vah.session', 'profile.val.session', 'footprint.row.', 'stacked.bar60s',
  'large.top.', 'large.count.', 'large.volume.', 'absorption.', 'divergence.', 'vpin', 'speed.trades.', 'hawkes.',
  'volume.buy.', 'volume.sell.', 'vwap.z.'];

export async function get(path) {
  const response = await fetch('api/' + path);
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? response.statusText);
  return body;
}

/** Follows an instrument until closed; the browser comes back by itself if the line breaks. */
export function follow(instrument, handlers) {
  const query = new URLSearchParams({ instruments: instrument, trades: 'all', interval: '100', metrics: METRICS.join(',') });
  const source = new EventSource('api/events?' + query);
  for (const [type, handle] of Object.entries(handlers)) {
    if (type !== 'open' && type !== 'lost') source.addEventListener(type, event => handle(JSON.parse(event.data)));
  }
  source.onopen = () => handlers.open();
  source.onerror = () => {
    handlers.lost();
    // A server that answers with an error is not asked again by the browser.
    if (source.readyState === EventSource.CLOSED) source.restart = setTimeout(() => handlers.restart?.(), 2000);
  };
  return () => {
    clearTimeout(source.restart);
    source.close();
  };
}
