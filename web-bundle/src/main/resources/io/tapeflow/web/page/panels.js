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
const plain = text => text.replace(/(\.\d\d\d*?)0+$/, '$1');

/** So many of a thing, in words. */
export const count = (number, thing) => `${number} ${thing}${number === 1 ? '' : 's'}`;

export const clock = at => new Date(at).toLocaleTimeString([], { hour12: false });

/** At most so many digits as a person reads, and never an exponent. */
export function short(text) {
  const number = Number(text);
  if (!Number.isFinite(number)) return String(text);
  const digits = Math.abs(number) >= 1000 ? 1 : Math.abs(number) >= 10 ? 2 : 4;
  return number.toLocaleString('en', { maximumFractionDigits: digits });
}

export function connection(state, online) {
  const badge = $('connection');
  if (online === null) {
    say(badge, 'Connecting to this page\'s server', 'badge wait');
  } else if (!online) {
    say(badge, 'This page has lost its server: what it shows is old', 'badge poor');
  } else if (!state) {
    say(badge, 'No stream is configured', 'badge wait');
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
      details.append(el('summary'), el('ul'));
      box.append(details);
    }
    details.className = VERDICTS[check.status];
    details.dataset.status = check.status;
    const verdict = el('b', check.status.replace('_', ' '), VERDICTS[check.status]);
    details.firstChild.replaceChildren(`${check.id} ${check.name}: `, verdict);
    details.lastChild.replaceChildren(...check.evidence.map(line => el('li', line)));
  });
  const worst = report.checks.some(check => check.status === 'FAIL') ? 'poor'
    : report.checks.every(check => check.status === 'PASS') ? 'good' : 'wait';
  say($('cause'), report.rootCause, worst);
}

/** Who is in control, in a sentence. */
export function control(snapshot) {
  const metric = name => snapshot.metrics[name];
  const last = metric('price.last');
  say($('price'), last?.value == null ? '–' : plain(last.value), 'price ' + (snapshot.status === 'STALE' ? 'poor' : ''));
  const side = metric('dominant.60s');
  const delta = metric('delta.60s');
  const sentence = $('control');
  if (!side || side.value === null) {
    say(sentence, `Nobody can be said to be in control: ${side?.reason || snapshot.reason || 'no data'}`, 'wait');
  } else {
    const words = { BUY: 'Buyers are in control', SELL: 'Sellers are in control', NEUTRAL: 'Neither side is in control' };
    const cvd = metric('cvd.session');
    const stale = side.status === 'OK' ? '' : ` (${SAID[side.status]}: ${side.reason})`;
    say(sentence, `${words[side.value] ?? side.value} over 60 s: delta ${short(delta?.value)}, `
      + `CVD since 00:00 UTC ${cvd?.value == null ? '–' : short(cvd.value)}${stale}`,
      side.status === 'OK' ? { BUY: 'buy', SELL: 'sell' }[side.value] ?? '' : STATUS[side.status]);
  }
  const values = Object.values(snapshot.metrics);
  const warming = values.filter(it => it.status === 'WARMING_UP').length;
  const holed = values.filter(it => it.value !== null && !it.complete).length;
  const parts = [`Metrics ${SAID[snapshot.status]}${snapshot.reason ? ': ' + snapshot.reason : ''}`];
  if (warming) parts.push(`${warming} warming up`);
  if (holed) parts.push(`${holed} with trades missing`);
  say($('quality'), parts.join(', '), STATUS[snapshot.status]);
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
    const missing = it.value !== null && !it.complete ? ', trades missing' : it.repaired ? `, ${it.repaired} repaired` : '';
    say(status, SAID[it.status] + missing, missing.startsWith(', trades') ? 'poor' : STATUS[it.status]);
    status.title = it.reason;
  });
  while (body.rows.length > shown.length) body.deleteRow(-1);
}

export function large(rows) {
  const list = $('large');
  list.replaceChildren(...(rows.length ? rows.slice(0, 12).map(row => {
    const item = el('li', undefined);
    item.append(clock(moment(row.time)) + ' ', el('span', row.side, row.side === 'BUY' ? 'buy' : 'sell'),
      ` ${short(row.quantity)} at ${plain(row.price)}`);
    return item;
  }) : [el('li', 'None', 'dim')]));
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
  list.prepend(el('li', `${clock(Date.now())} ${words}`, className));
  while (list.children.length > 30) list.lastChild.remove();
}

/** The newest trades, newest first. */
export function tape(trades) {
  const body = $('tape').tBodies[0];
  const newest = trades.slice(-30).reverse();
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
