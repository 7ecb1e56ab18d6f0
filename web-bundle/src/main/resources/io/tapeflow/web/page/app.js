// Puts the parts together: one instrument, one length of bars, at most twenty drawings a second.

import { Chart } from './chart.js';
import { follow, get } from './feed.js';
import * as panels from './panels.js';
import { Bars, Tape } from './tape.js';

const TIMEFRAMES = [['5 s', 5000], ['15 s', 15000], ['1 min', 60000], ['5 min', 300000]];
const FRAME_MS = 50;
const $ = id => document.getElementById(id);

const chart = new Chart($('chart'));
const states = new Map();
const plans = new Map();
let tape = new Tape();
let bars;
let snapshot = null;
let told = null; // the snapshot whose numbers are on the page
let report = null;
let online = null; // not known yet
let stop = () => {};
let due = 0; // the drawing that is to come
let slot = 0; // the moment that it is due
let views = 0;
let fetched = 0; // trades that closed holes, and are not told yet

const millis = () => Number($('timeframe').value);
const rows = value => Array.isArray(value) ? value : [];
const number = metric => metric?.value == null ? null : Number(metric.value);

/** A tenth of the rows that the metrics take, which the chart joins as it has room; no finer than prices are. */
function rowSize() {
  const row = number(snapshot?.metrics['footprint.row.forming.bar60s']) ?? 10 ** Math.floor(Math.log10((tape.trades.at(-1)?.price ?? 1) / 4000));
  const decimals = Math.max(0, ...tape.trades.slice(-200).map(trade => trade.text.price.replace(/\.?0+$/, '').split('.')[1]?.length ?? 0));
  return Math.max(row / 10, 10 ** -decimals);
}

function build() {
  bars = new Bars(tape, millis(), rowSize());
  redraw();
}

/** Bars that reach back further than the tape are not made anew of it. */
function late(trades) {
  if (bars.reachBack()) trades.forEach(trade => bars.addLate(trade));
  else if (trades.length) build();
}

function state() {
  const key = snapshot?.key ?? $('instrument').selectedOptions[0]?.dataset.key;
  const all = [...states.values()].filter(it => it.state !== 'STOPPED' || states.size === 1);
  return all.find(it => it.instruments.some(one => one.key === key && one.state !== 'CLAIMED_ELSEWHERE')) ?? all[0];
}

/** What stands over the picture while its numbers are old. */
function stale() {
  if (online === false) return 'OLD: this page has lost its server';
  if (snapshot && ['STALE', 'NO_DATA', 'UNKNOWN_INSTRUMENT'].includes(snapshot.status)) return `${snapshot.status}: ${snapshot.reason}`;
  return null;
}

/** Large orders, the largest first. */
const largest = () => rows(snapshot?.metrics['large.top.300s']?.value);

function scene() {
  const metrics = snapshot?.metrics ?? {};
  return {
    bars: bars.list, millis: millis(), row: bars.row, gaps: tape.gaps, stale: stale(),
    begins: bars.begins, cvd: number(metrics['cvd.session']), large: largest(),
    zones: rows(metrics['stacked.bar60s']?.value).filter(zone => zone.state !== 'FILLED').slice(0, 6),
    profile: {
      rows: rows(metrics['profile.session']?.value).map(row =>
        ({ price: Number(row.price), buy: Number(row.buy), sell: Number(row.sell) })),
      row: number(metrics['profile.row.session']) ?? 1,
      poc: number(metrics['profile.poc.session']),
      vah: number(metrics['profile.vah.session']),
      val: number(metrics['profile.val.session']),
    },
  };
}

/** Draws soon what is new, at most twenty times a second. */
function redraw() {
  if (due) return;
  const now = performance.now();
  // A drawing that came late does not delay those after it, or there would be fewer than are due.
  slot = Math.max(slot + FRAME_MS, now - FRAME_MS / 2);
  due = setTimeout(() => requestAnimationFrame(frame), slot - now);
}

function frame() {
  due = 0;
  bars.catchUp();
  chart.draw(scene());
  panels.tape(tape.trades);
  panels.connection(state(), online, snapshot);
  panels.health({ online, state: state(), snapshot, report, key: snapshot?.key });
  if (snapshot && snapshot !== told) {
    told = snapshot;
    panels.control(snapshot);
    panels.gauges(snapshot);
    panels.large(largest(), name => snapshot.metrics[name]);
  }
  describe();
  document.body.dataset.lastId = tape.trades.at(-1)?.id ?? '';
  document.body.dataset.snapshotId = snapshot?.lastTradeId ?? '';
}

/** The picture in words, for those who do not see it, and what can be told from among other tabs. */
function describe() {
  const bar = bars.list.at(-1);
  const name = snapshot?.instrument ?? '';
  $('chart').setAttribute('aria-label', `Footprint of ${name} in bars of ${$('timeframe').selectedOptions[0].text}, with delta, CVD and volume profile.`
    + (bar ? ` The newest bar: bought ${panels.short(bar.buy)}, sold ${panels.short(bar.sell)}, last price ${panels.plain(bar.last)}.` : ''));
  const words = `${stale() ? 'OLD ' : ''}${$('price').textContent} ${name} Tapeflow`;
  if (document.title !== words) document.title = words;
}

/** What has changed on a connection; a fault as well that was over before anybody looked. */
function tellState(before, it) {
  const failed = it.lastError && it.lastError.at !== before.lastError?.at;
  if (failed || it.state !== before.state) {
    const why = it.lastError && (failed || it.state !== 'LIVE') ? ': ' + it.lastError.message : '';
    panels.happened(`${it.venue} ${it.state}${why}`, it.state === 'LIVE' && !failed ? 'good' : 'wait');
  }
  for (const one of it.instruments) {
    const last = before.instruments.find(other => other.key === one.key);
    if (one.state === 'SILENT' && last?.state !== 'SILENT') panels.happened(`${one.instrument} SILENT: ${one.reason}`, 'poor');
  }
}

/** Once a second, so that one hole is one line. */
function tellFetched() {
  if (fetched) panels.happened(`Holes were closed: ${panels.count(fetched, 'trade')} fetched`, 'wait');
  fetched = 0;
}

/** Shows another instrument, or the same one from the beginning. */
function show() {
  stop();
  const view = ++views;
  const instrument = $('instrument').value;
  tape = new Tape();
  snapshot = null;
  plans.clear();
  build();
  const load = () => get(`trades/${encodeURIComponent(instrument)}?limit=10000`).then(answer => {
    if (view === views) {
      const came = tape.add(answer.trades);
      if (bars.reachBack()) late(came);
      else build();
      redraw();
    }
  }, error => panels.happened(error.message, 'poor'));
  stop = follow(instrument, {
    open() {
      online = true;
      // What came while nobody listened is in history, and what comes twice is dropped by its id.
      load();
    },
    lost() {
      if (online) panels.happened('This page has lost its server', 'poor');
      online = false;
      redraw();
    },
    restart: () => view === views && show(),
    reset() {
      // What has gone meanwhile is not told; what is there comes anew.
      plans.clear();
      showPlans();
      load();
    },
    state(it) {
      const before = states.get(it.stream);
      states.set(it.stream, it);
      if (before) tellState(before, it);
      redraw();
    },
    snapshot(it) {
      const first = !snapshot;
      snapshot = it;
      tape.missing(it.metrics['cvd.session']?.gaps ?? []);
      if (first) build();
      redraw();
    },
    trades(it) {
      late(tape.add(it.trades));
      fetched += it.trades.filter(trade => trade.repaired).length;
      redraw();
    },
    gap(it) {
      tape.gap(it);
      panels.happened(`${panels.count(it.count, 'trade')} missing, ${panels.ids(it)}`, 'poor');
      redraw();
    },
    repair(it) {
      late(tape.repair(it));
      panels.happened(`${panels.count(it.count, 'missing trade')} repaired, ${panels.ids(it)}`, 'good');
      redraw();
    },
    checks(it) {
      report = it;
      panels.checks(it);
      redraw();
    },
    plan({ id, plan }) {
      const before = plans.get(id);
      if (plan) plans.set(id, plan);
      else plans.delete(id);
      if (before && plan && before.state !== plan.state) {
        panels.happened(`Plan ${id} is ${plan.state}${plan.reason ? ': ' + plan.reason : ''}`, plan.state === 'BLOCKED' ? 'poor' : 'good');
      }
      showPlans();
    },
  });
}

function showPlans() {
  panels.plans([...plans.values()]);
}

async function instruments() {
  const select = $('instrument');
  const known = await get('instruments');
  for (const it of known) {
    if ([...select.options].some(option => option.dataset.key === it.key)) continue;
    const option = new Option(it.instrument, it.key);
    option.dataset.key = it.key;
    select.add(option);
  }
  return known.length;
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  chart.colours();
  redraw();
}

/** The next choice of a list, and the first behind the last. */
function next(select) {
  select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
  select.dispatchEvent(new Event('change'));
}

/** Evidence lies over the page, and goes when somebody turns elsewhere. */
function closeChecks(target) {
  for (const details of $('checks').querySelectorAll('[open]')) {
    if (!details.contains(target)) details.open = false;
  }
}

function keys(event) {
  if (event.key === 'Escape') closeChecks(null);
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === 'SELECT') return;
  const most = bars.list.length;
  const page = event.shiftKey ? 10 : 1;
  const actions = {
    i: () => next($('instrument')), t: () => next($('timeframe')), d: () => $('theme').click(),
    '+': () => chart.zoom(1.25), '=': () => chart.zoom(1.25), '-': () => chart.zoom(0.8),
    ArrowLeft: () => chart.move(page, most), ArrowRight: () => chart.move(-page, most), End: () => chart.move(-Infinity, most),
  };
  if (event.key.startsWith('Arrow') || event.key === 'End') {
    if (event.target !== $('chart')) return;
    event.preventDefault();
  }
  if (actions[event.key]) {
    actions[event.key]();
    redraw();
  }
}

async function start() {
  const chosen = localStorage.getItem('theme');
  theme(chosen ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  $('theme').addEventListener('click', () => {
    theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
    localStorage.setItem('theme', document.documentElement.dataset.theme);
  });
  TIMEFRAMES.forEach(([name, length]) => $('timeframe').add(new Option(name, length)));
  $('timeframe').selectedIndex = 1;
  $('timeframe').addEventListener('change', build);
  $('instrument').addEventListener('change', show);
  document.addEventListener('keydown', keys);
  document.addEventListener('click', event => closeChecks(event.target));
  $('chart').addEventListener('wheel', event => {
    event.preventDefault();
    chart.zoom(event.deltaY < 0 ? 1.1 : 0.9);
    redraw();
  }, { passive: false });
  build();
  while (!await instruments().catch(() => 0)) await new Promise(done => setTimeout(done, 1000));
  show();
  showPlans();
  setInterval(tellFetched, 1000);
  setInterval(() => instruments().catch(() => {}), 10000);
}

start();
