// Everything that is text: verdicts, gauges, tape, and what happened.

const $ = id => document.getElementById(id);
const STATES = {
  LIVE: ['good', 'trades flow'], CONNECTING: ['wait', 'connecting'], BACKING_OFF: ['poor', 'waits before the next attempt'],
  STALLED: ['poor', 'connected, but no data'], STOPPED: ['poor', 'not running'], STOPPING: ['wait', 'being stopped'],
};
const VERDICTS = { PASS: 'good', FAIL: 'poor', CANNOT_VERIFY: 'wait' };
const STATUS = { OK: 'good', WARMING_UP: 'wait', STALE: 'poor', NO_DATA: 'wait', UNKNOWN_INSTRUMENT: 'poor' };
const SAID = { OK: 'OK', WARMING_UP: 'warming up', STALE: 'STALE', NO_DATA: 'no data', UNKNOWN_INSTRUMENT: 'unknown' };

/** An element with text; text is never markup. */
function el(tag, text, className) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  return node;
}

function say(node, text, className) {
  if (node.textContent !== text) node.textContent = text;
  node.className = className;
}

/** Milliseconds of a time in microseconds or in words. */
export const moment = time => /^\d+(\.\d+)?$/.test(time) ? Number(time) / 1000 : Date.parse(time);

/** A decimal as it is, but for zeros behind the second place that say nothing. */
export const plain = text => text.replace(/(\.\d\d\d*?)0+$/, '$1');

/** So many of a thing, in words. */
export const count = (number, thing) => `${number} ${thing}${number === 1 ? '' : 's'}`;

/** One id or the first and the last of several. */
export const ids = ({ firstId, lastId }) => firstId === lastId ? `id ${firstId}` : `ids ${firstId} to ${lastId}`;

const TIME = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
export const clock = at => TIME.format(at);

/** Made once, because making one takes a hundred times as long as using it. */
const DIGITS = [1, 2, 4].map(digits => new Intl.NumberFormat('en', { maximumFractionDigits: digits }));

/** At most so many digits as a person reads, and never an exponent. */
export function short(text) {
  const number = Number(text);
  if (!Number.isFinite(number)) return String(text);
  const size = Math.abs(number);
  return (size >= 1000 ? DIGITS[0] : size >= 10 ? DIGITS[1] : DIGITS[2]).format(number);
}

export function connection(state, online, snapshot) {
  const badge = $('connection');
  if (online === null) {
    say(badge, 'Connecting to this page\'s server', 'badge wait');
  } else if (!online) {
    say(badge, 'This page has lost its server: what it shows is old', 'badge poor');
  } else if (!state) {
    say(badge, 'No stream is configured', 'badge wait');
  } else if (state.state === 'LIVE' && snapshot?.status === 'STALE') {
    say(badge, `${state.venue} LIVE, but STALE: ${snapshot.reason}`, 'badge poor');
  } else {
    const [className, words] = STATES[state.state] ?? ['wait', ''];
    const phase = state.phase ? ', phase ' + state.phase : '';
    const why = state.state !== 'LIVE' && state.lastError ? ': ' + state.lastError.message : '';
    say(badge, `${state.venue} ${state.state}${phase}: ${words}${why}`, 'badge ' + className);
  }
}

export function checks(report) {
  const box = $('checks');
  report.checks.forEach((check, index) => {
    let details = box.children[index];
    if (!details) {
      details = el('details');
      // One at a time: each opens over the page.
      details.name = 'check';
      details.append(el('summary'), el('ul'));
      box.append(details);
    }
    details.className = VERDICTS[check.status];
    details.dataset.status = check.status;
    details.firstChild.replaceChildren(`${check.id} `, el('span', `${check.name}: `, 'name'), el('b', check.status.replace('_', ' ')));
    details.lastChild.replaceChildren(...check.evidence.map(line => el('li', line)));
  });
}

/** Whether the feed can be trusted, by the first thing that says it cannot. */
export function health({ online, state, snapshot, report, key }) {
  const [className, word, words] = verdict(online, state, snapshot, report, key);
  say($('health'), word, 'word ' + className);
  say($('cause'), words, '');
  if (!snapshot) return;
  const values = Object.values(snapshot.metrics);
  const warming = values.filter(it => it.status === 'WARMING_UP').length;
  const holed = values.filter(it => it.value !== null && !it.complete).length;
  const parts = [`Metrics ${SAID[snapshot.status]}`];
  if (warming) parts.push(`${warming} warming up`);
  if (holed) parts.push(`${holed} with trades missing`);
  say($('quality'), parts.join(', '), holed ? 'poor' : 'dim');
}

function verdict(online, state, snapshot, report, key) {
  if (online === false) return ['poor', 'Not known', 'This page has lost its server: what it shows is old.'];
  const fails = report?.checks.some(check => check.status === 'FAIL');
  if (snapshot?.status === 'STALE') return ['poor', 'Not healthy: STALE', fails ? report.rootCause : snapshot.reason];
  if (fails) return ['poor', 'Not healthy', report.rootCause];
  if (!state || !report || !snapshot) return ['wait', 'Starting', report?.rootCause ?? 'Nothing has come yet.'];
  if (state.state !== 'LIVE') return ['poor', 'Interrupted', `${state.venue} ${STATES[state.state]?.[1] ?? state.state}.`];
  const instrument = state.instruments.find(it => it.key === key);
  if (instrument?.unrepaired) return ['poor', 'Trades missing', `${count(instrument.unrepaired, 'trade')} could not be fetched yet.`];
  if (instrument?.state === 'SILENT') return ['poor', 'Interrupted', `${instrument.reason}.`];
  if (snapshot.status === 'WARMING_UP') return ['wait', 'Healthy, warming up', `Metrics: ${snapshot.reason}.`];
  if (snapshot.status !== 'OK') return ['wait', SAID[snapshot.status], snapshot.reason];
  if (instrument?.state === 'QUIET') return ['good', 'Healthy, market quiet', 'The venue has no newer trade.'];
  return ['good', 'Healthy', report.rootCause === 'Nothing fails.' ? 'Trades flow, and none is missing.' : report.rootCause];
}

const CONTROL = { BUY: ['buy', 'Buyers'], SELL: ['sell', 'Sellers'], NEUTRAL: ['', 'Neither side'] };
const WINDOWS = ['30s', '60s', '300s'];

/** Who is in control: the word of the minute, and what was bought and sold over each window. */
export function control(snapshot) {
  const metric = name => snapshot.metrics[name];
  const last = metric('price.last');
  say($('price'), last?.value == null ? '–' : plain(last.value), 'word ' + (snapshot.status === 'STALE' ? 'poor' : ''));
  const deviation = metric('vwap.deviation.60s');
  say($('move'), snapshot.status === 'STALE' ? `STALE: ${snapshot.reason}`
    : deviation?.value == null ? '' : `${signed(deviation.value)} % from the minute's VWAP`, snapshot.status === 'STALE' ? 'poor' : 'dim');
  const side = metric('dominant.60s');
  if (!side || side.value === null) {
    say($('control'), `Not known: ${side?.reason || snapshot.reason || 'no data'}`, 'word wait');
  } else {
    const [className, words] = CONTROL[side.value] ?? ['', side.value];
    const held = side.status === 'OK' ? '' : side.status === 'WARMING_UP' ? ' so far' : `, ${SAID[side.status]}`;
    say($('control'), words + held, 'word ' + (side.status === 'STALE' ? 'poor' : className));
  }
  WINDOWS.forEach((name, index) => split(index, name, metric));
  const cvd = metric('cvd.session');
  const delta = metric('delta.60s');
  say($('flow'), `Delta of the minute ${signed(delta?.value)}, CVD since 00:00 UTC ${signed(cvd?.value)}`, 'dim');
}

const signed = value => value == null ? '–' : (Number(value) > 0 ? '+' : '') + short(value);

/** One window: bought against sold as a bar of both, in words beside it. */
function split(index, name, metric) {
  const box = $('windows');
  let row = box.children[index];
  if (!row) {
    row = el('div', undefined, 'window');
    const bar = el('div', undefined, 'split');
    bar.append(el('span', '', 'bought'), el('span', '', 'sold'));
    row.append(el('span', name.replace('s', ' s')), bar, el('span', ''));
    box.append(row);
  }
  const bought = metric('volume.buy.' + name);
  const sold = metric('volume.sell.' + name);
  const imbalance = metric('imbalance.' + name);
  const share = imbalance?.value == null ? 50 : 50 + 50 * Number(imbalance.value);
  const [, bar, status] = row.children;
  const [left, right] = bar.children;
  left.style.width = share + '%';
  say(left, share > 25 ? `bought ${bought?.value == null ? '–' : short(bought.value)}` : '', 'bought');
  say(right, share < 75 ? `sold ${sold?.value == null ? '–' : short(sold.value)}` : '', 'sold');
  row.title = imbalance?.reason ?? '';
  const dominant = metric('dominant.' + name);
  const word = imbalance?.status === 'OK' ? (CONTROL[dominant?.value]?.[1] ?? '–')
    : imbalance?.status === 'WARMING_UP' ? `covers ${Math.round(imbalance.coverage)} s` : SAID[imbalance?.status] ?? '–';
  say(status, word, imbalance?.status === 'OK' ? CONTROL[dominant?.value]?.[0] ?? '' : STATUS[imbalance?.status] ?? 'wait');
}

/** Metrics that lie between two bounds are drawn between them. */
const BOUNDS = [[/^(imbalance|ratio\.imbalance|hawkes\.skew)/, -1, 1], [/^vpin\.(exact|bvc)$/, 0, 1], [/^vwap\.z\./, -3, 3], [/^absorption\.trade\.score$/, 0, 1]];

function gauge(cell, name, number) {
  const [, low, high] = BOUNDS.find(([pattern]) => pattern.test(name)) ?? [];
  if (low === undefined) return;
  const place = value => Math.min(100, Math.max(0, (value - low) / (high - low) * 100));
  const zero = place(0);
  cell.style.setProperty('--from', Math.min(zero, place(number)) + '%');
  cell.style.setProperty('--to', Math.max(zero, place(number)) + '%');
}

/** Numbers and words whose names are short enough to be read, each with its status. */
export function gauges(snapshot) {
  const body = $('gauges').tBodies[0];
  const shown = Object.entries(snapshot.metrics).filter(([name, it]) =>
    !Array.isArray(it.value) && !/^(profile|footprint|stacked|large|price)\./.test(name)).slice(0, 60);
  shown.forEach(([name, it], index) => {
    let row = body.rows[index];
    if (!row) {
      row = body.insertRow();
      row.append(el('td'), el('td'), el('td'));
    }
    const [first, value, status] = row.cells;
    if (first.textContent !== name) first.textContent = name;
    row.dataset.metric = name;
    value.dataset.value = it.value ?? '';
    const number = Number(it.value);
    const className = it.value === 'BUY' || number > 0 && /delta|cvd|imbalance/.test(name) ? 'buy'
      : it.value === 'SELL' || number < 0 && /delta|cvd|imbalance/.test(name) ? 'sell' : '';
    say(value, it.value === null ? '–' : short(it.value), className);
    gauge(value, name, number);
    const missing = it.value !== null && !it.complete ? ', trades missing' : it.repaired ? `, ${it.repaired} repaired` : '';
    say(status, SAID[it.status] + missing, missing.startsWith(', trades') ? 'poor' : STATUS[it.status]);
    status.title = it.reason;
  });
  while (body.rows.length > shown.length) body.deleteRow(-1);
}

const SHOWN = 3;

/** The largest orders of the last five minutes, largest first. */
export function large(rows, metric) {
  const sum = side => [metric?.(`large.count.${side}.300s`)?.value, metric?.(`large.volume.${side}.300s`)?.value];
  const [bought, boughtVolume] = sum('buy');
  const [sold, soldVolume] = sum('sell');
  const first = rows[0];
  say($('largest'), first ? `${first.side} ${short(first.quantity)} at ${plain(first.price)}` : 'None in 5 minutes',
    'word ' + (first ? first.side.toLowerCase() : ''));
  const list = $('large');
  const lines = rows.slice(1, SHOWN).map(row => {
    const item = el('li');
    item.append(clock(moment(row.time)) + ' ', el('span', row.side, row.side.toLowerCase()), ` ${short(row.quantity)} at ${plain(row.price)}`);
    return item;
  });
  if (first) lines.unshift(el('li', `at ${clock(moment(first.time))}, the largest of five minutes`));
  if (bought != null && sold != null) {
    lines.push(el('li', `${bought} bought ${short(boughtVolume)}, ${sold} sold ${short(soldVolume)}`, 'dim'));
  }
  list.replaceChildren(...lines);
}

export function plans(list) {
  $('plans').replaceChildren(...(list.length ? list.map(plan => {
    const item = el('li', `${plan.id}${plan.instrument ? `, ${plan.direction} ${plan.instrument}` : ''}: `);
    item.append(el('b', plan.state, ['BLOCKED', 'INVALID'].includes(plan.state) ? 'poor' : plan.state === 'TRIGGERED' ? 'good' : ''));
    const reason = plan.reason || plan.faults.map(fault => fault.what).join('; ') || plan.holding.join(', ');
    if (reason) item.append(': ' + reason);
    for (const it of plan.conditions) {
      const lacks = it.distances.map(far => `${far.what} ${short(far.value)}, wanted ${short(far.threshold)}`).join('; ');
      item.append(el('div', `${it.text}: ${it.says ?? 'not looked at'}${lacks ? ' (' + lacks + ')' : ''}`, 'dim'));
    }
    return item;
  }) : [el('li', 'No plan is loaded', 'dim')]));
}

export function happened(words, className) {
  const list = $('happened');
  list.querySelector('.dim')?.remove();
  list.prepend(el('li', `${clock(Date.now())} ${words}`, className));
  while (list.children.length > 30) list.lastChild.remove();
}

/** The newest trades, newest first. */
export function tape(trades) {
  const body = $('tape').tBodies[0];
  const newest = trades.slice(-40).reverse();
  newest.forEach((trade, index) => {
    let row = body.rows[index];
    if (!row) {
      row = body.insertRow();
      row.append(el('td'), el('td'), el('td'), el('td'));
    }
    if (row.dataset.id === String(trade.id)) return;
    row.dataset.id = trade.id;
    const side = trade.buy ? 'buy' : 'sell';
    row.cells[0].textContent = clock(trade.time);
    row.cells[1].textContent = plain(trade.text.price);
    row.cells[2].textContent = plain(trade.text.quantity);
    say(row.cells[3], trade.text.side + (trade.repaired ? ', repaired' : '') + (trade.block ? ', block' : ''), side);
  });
  while (body.rows.length > newest.length) body.deleteRow(-1);
}
