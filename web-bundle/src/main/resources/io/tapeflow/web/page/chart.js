// Draws footprint bars, large orders, volume profile, delta and CVD on one canvas.

import { imbalances, least, merge, stacks } from './footprint.js';
import { clock, count, moment, plain, short } from './panels.js';

const AXIS = 74;
const GAP = 6;
const CELL = 14;
const FONT = '11px system-ui, sans-serif';
const SMALL = '10px system-ui, sans-serif';
const BOLD = 'bold 10px system-ui, sans-serif';
const BANNER = 'bold 14px system-ui, sans-serif';

/** So many of the large orders have their quantity beside them. */
const LABELLED = 5;

export class Chart {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.scroll = 0; // bars that the newest one shown is behind the newest there is
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
    this.barWidth = this.width > 640 ? 96 : 74;
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.colours();
    if (this.scene) this.draw(this.scene);
  }

  /** Those of the stylesheet, so that light and dark are decided in one place. */
  colours() {
    const style = getComputedStyle(document.documentElement);
    const of = name => style.getPropertyValue('--' + name).trim();
    this.colour = Object.fromEntries(['panel', 'ink', 'dim', 'line', 'buy', 'sell', 'buy-soft', 'sell-soft', 'on-mark', 'bad', 'warn', 'mark', 'area']
      .map(name => [name, of(name)]));
    this.hatches = new Map();
  }

  zoom(factor) {
    this.barWidth = Math.min(220, Math.max(7, this.barWidth * factor));
  }

  move(bars, most) {
    this.scroll = Math.min(Math.max(0, most - 1), Math.max(0, this.scroll + bars));
  }

  draw(scene) {
    this.scene = scene;
    const { context: c, width, height, colour } = this;
    c.clearRect(0, 0, width, height);
    c.font = FONT;
    c.textBaseline = 'middle';
    const profileWidth = width > 640 ? Math.min(140, width * 0.14) : width * 0.13;
    const right = width - AXIS - profileWidth;
    const room = Math.max(1, Math.floor(right / this.barWidth));
    const end = Math.max(0, scene.bars.length - this.scroll);
    const bars = scene.bars.slice(Math.max(0, end - room), end);
    if (!bars.length) {
      this.words(scene.stale ?? 'No trades yet', width / 2, height / 2, scene.stale ? colour.bad : colour.dim, 'center');
      return;
    }
    // Whole rows, or the outermost cells would be cut.
    const low = Math.floor(Math.min(...bars.map(bar => bar.low)) / scene.row + 1e-9) * scene.row;
    const high = (Math.floor(Math.max(...bars.map(bar => bar.high)) / scene.row + 1e-9) + 1) * scene.row;
    const margin = (high - low) * 0.05 || scene.row;
    const paneTop = height * 0.7;
    const view = { right, top: 22, bottom: paneTop - 20, low: low - margin, high: high + margin };
    view.y = price => view.bottom - (price - view.low) / (view.high - view.low) * (view.bottom - view.top);
    const x = index => right - (bars.length - index) * this.barWidth;
    /** Where a moment is, or null if it is not shown. */
    const at = time => {
      const index = bars.findLastIndex(bar => time >= bar.start);
      if (index < 0) return null;
      return x(index) + this.barWidth * Math.min(1, (time - bars[index].start) / scene.millis);
    };
    this.valueArea(scene, view);
    this.priceAxis(view);
    this.beginning(scene, bars[0], x(0), view);
    this.zones(scene, bars, at, view);
    this.footprints(scene, bars, x, view);
    this.gaps(scene, bars, x, at, view);
    this.bubbles(scene, at, view);
    this.profile(scene, view, width - profileWidth, profileWidth);
    this.lastPrice(scene.bars.at(-1), view);
    this.panes(scene, bars, x, paneTop, right);
    if (scene.stale) this.old(scene.stale, right, height);
  }

  words(text, x, y, colour, align = 'left') {
    this.context.fillStyle = colour;
    this.context.textAlign = align;
    this.context.fillText(text, x, y);
  }

  /** Words on whatever is there. */
  tag(text, x, y, colour, align = 'left') {
    const c = this.context;
    c.lineWidth = 3;
    c.lineJoin = 'round';
    c.strokeStyle = this.colour.panel;
    c.textAlign = align;
    c.strokeText(text, x, y);
    c.lineWidth = 1;
    this.words(text, x, y, colour, align);
  }

  line(x1, y1, x2, y2, colour, dash = []) {
    const c = this.context;
    c.strokeStyle = colour;
    c.setLineDash(dash);
    c.beginPath();
    c.moveTo(x1, y1);
    c.lineTo(x2, y2);
    c.stroke();
    c.setLineDash([]);
  }

  hatched(x, y, width, height, tint) {
    if (!this.hatches.has(tint)) {
      const tile = Object.assign(document.createElement('canvas'), { width: 6, height: 6 });
      const brush = tile.getContext('2d');
      brush.strokeStyle = tint;
      brush.lineWidth = 1.5;
      brush.beginPath();
      for (const shift of [-6, 0, 6]) {
        brush.moveTo(shift, 6);
        brush.lineTo(shift + 6, 0);
      }
      brush.stroke();
      this.hatches.set(tint, this.context.createPattern(tile, 'repeat'));
    }
    this.context.fillStyle = this.hatches.get(tint);
    this.context.fillRect(x, y, width, height);
  }

  /** Ahead of the first bar there is nothing: it is said, so that nobody takes it for a quiet market. */
  beginning(scene, first, x, view) {
    if (first !== scene.bars[0] || x < 12) return;
    this.context.globalAlpha = 0.25;
    this.hatched(0, view.top, x - 4, view.bottom - view.top, this.colour.dim);
    this.context.globalAlpha = 1;
    if (x > 150) this.tag(`The record begins at ${clock(scene.begins)}`, (x - 4) / 2, (view.top + view.bottom) / 2, this.colour.dim, 'center');
  }

  priceAxis(view) {
    const span = view.high - view.low;
    const raw = span / Math.max(2, (view.bottom - view.top) / 45);
    const step = round(raw);
    for (let price = Math.ceil(view.low / step) * step; price < view.high; price += step) {
      const y = view.y(price);
      this.context.globalAlpha = 0.6;
      this.line(0, y, view.right, y, this.colour.line);
      this.context.globalAlpha = 1;
      this.words(price.toFixed(Math.max(0, -Math.floor(Math.log10(step)))), view.right + GAP, y, this.colour.dim);
    }
  }

  footprints(scene, bars, x, view) {
    const readable = this.barWidth > 40;
    const thin = (view.bottom - view.top) / ((view.high - view.low) / scene.row);
    const factor = round(Math.max(1, CELL / thin));
    const merged = readable ? bars.map(bar => merge(bar.rows, factor)) : [];
    const limit = least(merged);
    bars.forEach((bar, index) => {
      const left = x(index);
      this.candle(bar, left, readable, view);
      if (readable) this.cells(merged[index], left + 10, this.barWidth - GAP - 10, view, scene.row * factor, limit);
      if (readable || (bar.start / scene.millis) % 10 === 0) this.words(clock(bar.start), left, view.bottom + 10, this.colour.dim);
    });
  }

  candle(bar, x, readable, view) {
    const { context: c, colour } = this;
    const body = readable ? 6 : Math.max(2, this.barWidth - 2);
    const tint = bar.close >= bar.open ? colour.buy : colour.sell;
    this.line(x + body / 2, view.y(bar.high), x + body / 2, view.y(bar.low), tint);
    c.fillStyle = tint;
    const top = view.y(Math.max(bar.open, bar.close));
    c.fillRect(x, top, body, Math.max(1, view.y(Math.min(bar.open, bar.close)) - top));
  }

  /** Sold x bought of each row: bars from the middle, filled where one side outweighs the other. */
  cells(rows, x, width, view, size, limit) {
    const { context: c, colour } = this;
    const most = Math.max(...[...rows.values()].map(cell => Math.max(cell.buy, cell.sell)));
    const whole = Math.max(...[...rows.values()].map(cell => cell.buy + cell.sell));
    const found = imbalances(rows, limit);
    const half = width / 2;
    const middle = x + half;
    for (const [key, cell] of rows) {
      const y = view.y((key + 1) * size);
      const height = Math.max(1, view.y(key * size) - y - 1);
      const marked = found.get(key);
      this.half(middle, -half, cell.sell / most, 'sell', marked.sell, y, height);
      this.half(middle, half, cell.buy / most, 'buy', marked.buy, y, height);
      if (cell.buy + cell.sell === whole) {
        c.strokeStyle = colour.ink;
        c.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
      }
      if (height >= 10 && width > 56) {
        this.number(volume(cell.sell), middle - 4, y + height / 2, 'right', marked.sell);
        this.number(volume(cell.buy), middle + 4, y + height / 2, 'left', marked.buy);
      }
    }
    for (const stack of stacks(found)) {
      const top = view.y((stack.high + 1) * size);
      c.fillStyle = colour[stack.side];
      c.fillRect(stack.side === 'buy' ? x + width : x - 3, top, 3, view.y(stack.low * size) - top - 1);
    }
    c.font = FONT;
  }

  half(middle, width, share, side, marked, y, height) {
    const c = this.context;
    c.fillStyle = this.colour[marked ? side : side + '-soft'];
    c.fillRect(middle, y, width * (marked ? 1 : share), height);
  }

  number(text, x, y, align, marked) {
    this.context.font = marked ? BOLD : SMALL;
    this.words(text, x, y, marked ? this.colour['on-mark'] : this.colour.ink, align);
  }

  /** Stacked imbalances of closed bars, as the metrics have them, from their bar to the newest. */
  zones(scene, bars, at, view) {
    const c = this.context;
    for (const zone of scene.zones) {
      const y = Math.max(view.top, view.y(Number(zone.high) + Number(zone.row)));
      const height = Math.min(view.bottom, view.y(Number(zone.low))) - y;
      if (height <= 0) continue;
      const side = zone.side === 'BUY' ? 'buy' : 'sell';
      const from = Math.max(0, at(Number(zone.bar) * 60000) ?? 0);
      c.globalAlpha = 0.45;
      c.fillStyle = this.colour[side + '-soft'];
      c.fillRect(from, y, view.right - from, height);
      c.globalAlpha = 1;
      c.fillStyle = this.colour[side];
      c.fillRect(from, y, 3, height);
      this.tag(`stacked ${zone.side}, ${zone.state.toLowerCase()}`, from + 7, y + Math.min(8, height / 2), this.colour[side]);
    }
  }

  valueArea(scene, view) {
    const { poc, vah, val, row } = scene.profile;
    if (vah === null || val === null) return;
    const c = this.context;
    const top = Math.max(view.top, view.y(vah + row));
    const bottom = Math.min(view.bottom, view.y(val));
    if (bottom > top) {
      c.fillStyle = this.colour.area;
      c.fillRect(0, top, view.right, bottom - top);
    }
    for (const [price, name] of [[poc === null ? null : poc + row / 2, 'POC'], [vah + row, 'VAH'], [val, 'VAL']]) {
      if (price === null || price < view.low || price > view.high) continue;
      this.line(0, view.y(price), view.right, view.y(price), this.colour.mark, name === 'POC' ? [] : [4, 4]);
      this.tag(name, 4, view.y(price) - 7, this.colour.mark);
    }
  }

  profile(scene, view, x, width) {
    const { context: c, colour } = this;
    const { rows: all, row: size, poc, vah, val } = scene.profile;
    const rows = all.filter(row => row.price + size > view.low && row.price < view.high);
    const most = Math.max(...rows.map(row => row.buy + row.sell));
    c.save();
    c.beginPath();
    c.rect(x, view.top, width, view.bottom - view.top);
    c.clip();
    for (const row of rows) {
      const y = view.y(row.price + size);
      const height = Math.max(1, view.y(row.price) - y - 1);
      const sell = row.sell / most * (width - 2);
      c.globalAlpha = row.price >= val && row.price <= vah ? 0.9 : 0.4;
      c.fillStyle = colour.sell;
      c.fillRect(x, y, sell, height);
      c.fillStyle = colour.buy;
      c.fillRect(x + sell, y, row.buy / most * (width - 2), height);
      if (row.price === poc) {
        c.globalAlpha = 1;
        c.lineWidth = 2;
        c.strokeStyle = colour.mark;
        c.strokeRect(x + 1, y, width - 2, height);
        c.lineWidth = 1;
      }
    }
    c.restore();
    if (width > 100) this.words('Volume since 00:00 UTC', x + width, 8, colour.dim, 'right');
  }

  /** What is missing stands where it is missing; holes side by side share their words. */
  gaps(scene, bars, x, at, view) {
    const { colour } = this;
    const groups = [];
    for (const gap of scene.gaps) {
      const where = at(gap.time);
      if (where === null) continue;
      const last = groups.at(-1);
      if (last && where - last.to < 18) {
        last.to = Math.max(last.to, where);
      } else {
        groups.push({ from: where, to: where, missing: 0, mended: 0 });
      }
      groups.at(-1)[gap.repaired ? 'mended' : 'missing'] += gap.count;
    }
    for (const { from, to, missing, mended } of groups) {
      const tint = missing ? colour.bad : colour.warn;
      this.context.globalAlpha = missing ? 0.8 : 0.35;
      this.hatched(from - 5, view.top, to - from + 10, view.bottom - view.top, tint);
      this.context.globalAlpha = 1;
      const words = [missing ? `${count(missing, 'trade')} missing` : '', mended ? `${count(mended, 'missing trade')} repaired` : ''];
      const text = words.filter(it => it).join(', ');
      const beside = from > this.context.measureText(text).width + 12;
      this.tag(text, beside ? from - 9 : to + 9, view.top + 8, tint, beside ? 'right' : 'left');
    }
    bars.forEach((bar, index) => {
      if (bar.repaired && this.barWidth > 40) this.tag(`${bar.repaired} repaired`, x(index), view.bottom - 7, colour.warn);
    });
  }

  /** The smallest first, so that the largest is on top; words only where they hide no others. */
  bubbles(scene, at, view) {
    const { context: c, colour } = this;
    const shown = scene.large
      .map(order => ({ ...order, x: at(moment(order.time)), y: view.y(Number(order.price)) }))
      .filter(it => it.x !== null && it.y > view.top && it.y < view.bottom);
    const most = Math.max(...shown.map(it => Number(it.value)));
    for (const order of shown) order.radius = Math.max(2, 18 * Math.sqrt(Number(order.value) / most));
    for (const order of [...shown].reverse()) {
      const tint = colour[order.side === 'BUY' ? 'buy' : 'sell'];
      c.beginPath();
      c.arc(order.x, order.y, order.radius, 0, 2 * Math.PI);
      c.globalAlpha = 0.2;
      c.fillStyle = tint;
      c.fill();
      c.globalAlpha = order.radius > 4 ? 1 : 0.5;
      c.lineWidth = order.radius > 4 ? 2 : 1;
      c.strokeStyle = tint;
      c.stroke();
      c.globalAlpha = 1;
    }
    c.lineWidth = 1;
    c.font = BOLD;
    const taken = [];
    for (const order of shown.slice(0, LABELLED)) {
      const text = `${order.side} ${short(order.quantity)}`;
      const half = c.measureText(text).width / 2;
      const y = order.y - order.radius - 7;
      if (taken.some(it => Math.abs(it.y - y) < 13 && Math.abs(it.x - order.x) < it.half + half)) continue;
      taken.push({ x: order.x, y, half });
      this.tag(text, order.x, y, colour[order.side === 'BUY' ? 'buy' : 'sell'], 'center');
    }
    c.font = FONT;
  }

  lastPrice(bar, view) {
    const { context: c, colour } = this;
    const y = Math.min(view.bottom, Math.max(view.top, view.y(bar.close)));
    const tint = colour[bar.close >= bar.open ? 'buy' : 'sell'];
    this.line(0, y, view.right, y, tint, [1, 3]);
    c.fillStyle = tint;
    c.fillRect(view.right, y - 9, AXIS - 4, 18);
    c.font = 'bold ' + FONT;
    this.words(plain(bar.last), view.right + 4, y, colour['on-mark']);
    c.font = FONT;
  }

  panes(scene, bars, x, top, right) {
    const { context: c, colour, height } = this;
    const half = (height - top) / 2;
    const deltas = bars.map(bar => bar.buy - bar.sell);
    const most = Math.max(...deltas.map(Math.abs)) || 1;
    const zero = top + 10 + half / 2;
    this.line(0, top, right, top, colour.line);
    this.line(0, zero, right, zero, colour.line);
    deltas.forEach((delta, index) => {
      const size = Math.abs(delta) / most * (half / 2 - 22);
      c.fillStyle = colour[delta >= 0 ? 'buy' : 'sell'];
      c.fillRect(x(index), delta >= 0 ? zero - size : zero, Math.max(1, this.barWidth - GAP), Math.max(1, size));
      if (this.barWidth > 40) this.tag(short(delta), x(index), delta >= 0 ? zero - size - 7 : zero + size + 8, colour.ink);
    });
    this.tag('Delta: bought less sold in each bar', 4, top + 8, colour.dim);
    this.cvd(scene, bars, deltas, x, top + half, right);
  }

  /** The line ends at the number that the metrics give, and goes back from there bar by bar. */
  cvd(scene, bars, deltas, x, top, right) {
    const { context: c, colour, height } = this;
    const after = scene.bars.slice(scene.bars.indexOf(bars.at(-1)) + 1).reduce((sum, bar) => sum + bar.buy - bar.sell, 0);
    let sum = (scene.cvd ?? 0) - after;
    const points = [];
    for (let i = bars.length - 1; i >= 0; i--) {
      points.unshift(sum);
      sum -= deltas[i];
    }
    const low = Math.min(...points);
    const span = Math.max(...points) - low || 1;
    const y = value => height - 8 - (value - low) / span * (this.height - top - 34);
    const tint = colour[points.at(-1) >= points[0] ? 'buy' : 'sell'];
    const middle = this.barWidth / 2;
    this.line(0, top, right, top, colour.line);
    c.beginPath();
    points.forEach((point, i) => (i ? c.lineTo(x(i) + middle, y(point)) : c.moveTo(x(i) + middle, y(point))));
    c.lineWidth = 2;
    c.strokeStyle = tint;
    c.stroke();
    c.lineWidth = 1;
    c.lineTo(x(points.length - 1) + middle, height);
    c.lineTo(x(0) + middle, height);
    c.globalAlpha = 0.12;
    c.fillStyle = tint;
    c.fill();
    c.globalAlpha = 1;
    this.tag(scene.cvd === null ? 'CVD of what is shown' : 'CVD: bought less sold since 00:00 UTC', 4, top + 9, colour.dim);
    c.font = 'bold ' + FONT;
    this.words(short(points.at(-1)), right + 4, y(points.at(-1)), tint);
    c.font = FONT;
  }

  /** Nobody may take old numbers for new ones. */
  old(words, right, height) {
    const { context: c, colour } = this;
    c.globalAlpha = 0.6;
    c.fillStyle = colour.panel;
    c.fillRect(0, 0, this.width, height);
    c.globalAlpha = 0.2;
    this.hatched(0, 0, right, height, colour.bad);
    c.globalAlpha = 1;
    c.fillStyle = colour.bad;
    c.fillRect(0, 0, this.width, 26);
    c.font = BANNER;
    this.words(words, 8, 13, colour['on-mark']);
    c.font = FONT;
  }
}

/** The next of 1, 2, 5, 10, 20 and so on. */
function round(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return [1, 2, 5, 10].map(it => it * power).find(it => it >= number - 1e-9);
}

function volume(number) {
  if (number === 0) return '0';
  return number >= 1000 ? (number / 1000).toFixed(1) + 'k' : number >= 100 ? number.toFixed(0) : number >= 1 ? number.toFixed(2) : number.toFixed(3);
}
