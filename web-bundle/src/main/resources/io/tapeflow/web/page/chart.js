// Draws footprint bars, bubbles, volume profile, delta and CVD on one canvas.

import { clock, count, moment, short } from './panels.js';

const AXIS = 74;
const GAP = 6;

export class Chart {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.barWidth = 92;
    this.scroll = 0; // bars that the newest one shown is behind the newest there is
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
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
    this.colour = Object.fromEntries(['panel', 'ink', 'dim', 'line', 'buy', 'sell', 'buy-soft', 'sell-soft', 'bad', 'warn', 'mark']
      .map(name => [name, of(name)]));
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
    c.font = '11px system-ui, sans-serif';
    c.textBaseline = 'middle';
    const profileWidth = width > 640 ? Math.min(130, width * 0.14) : 0;
    const right = width - AXIS - profileWidth;
    const room = Math.max(1, Math.floor(right / this.barWidth));
    const end = Math.max(0, scene.bars.length - this.scroll);
    const bars = scene.bars.slice(Math.max(0, end - room), end);
    if (!bars.length) {
      this.words(scene.message || 'No trades yet', width / 2, height / 2, colour.dim, 'center');
      return;
    }
    // Whole rows, or the outermost cells would be cut.
    const low = Math.floor(Math.min(...bars.map(bar => bar.low)) / scene.row) * scene.row;
    const high = (Math.floor(Math.max(...bars.map(bar => bar.high)) / scene.row) + 1) * scene.row;
    const margin = (high - low) * 0.06 || scene.row;
    const paneTop = height * 0.66;
    const view = { left: 0, right, top: 14, bottom: paneTop - 18, low: low - margin, high: high + margin };
    view.y = price => view.bottom - (price - view.low) / (view.high - view.low) * (view.bottom - view.top);
    const x = index => right - (bars.length - index) * this.barWidth;
    this.priceAxis(view);
    this.zones(scene, view);
    this.valueArea(scene, view);
    bars.forEach((bar, index) => this.bar(bar, x(index), view, scene));
    this.gaps(scene, bars, x, view);
    this.bubbles(scene, bars, x, view);
    if (profileWidth) this.profile(scene, view, width - profileWidth, profileWidth);
    this.lastPrice(bars.at(-1), view);
    this.panes(scene, bars, x, paneTop, right);
    if (scene.stale) {
      c.fillStyle = colour.bad;
      c.fillRect(0, 0, right, 16);
      this.words(scene.stale, 6, 8, colour.panel);
    }
  }

  words(text, x, y, colour, align = 'left') {
    this.context.fillStyle = colour;
    this.context.textAlign = align;
    this.context.fillText(text, x, y);
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

  priceAxis(view) {
    const span = view.high - view.low;
    const raw = span / Math.max(2, (view.bottom - view.top) / 45);
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map(it => it * power).find(it => it >= raw);
    for (let price = Math.ceil(view.low / step) * step; price < view.high; price += step) {
      const y = view.y(price);
      this.line(0, y, view.right, y, this.colour.line);
      this.words(price.toFixed(Math.max(0, -Math.floor(Math.log10(step)))), view.right + GAP, y, this.colour.dim);
    }
  }

  bar(bar, x, view, scene) {
    const { context: c, colour } = this;
    const inner = this.barWidth - GAP;
    const up = bar.close >= bar.open;
    const body = this.barWidth > 40 ? 6 : inner;
    const middle = x + (this.barWidth > 40 ? 3 : inner / 2);
    this.line(middle, view.y(bar.high), middle, view.y(bar.low), up ? colour.buy : colour.sell);
    c.fillStyle = up ? colour.buy : colour.sell;
    const top = view.y(Math.max(bar.open, bar.close));
    c.fillRect(x, top, body, Math.max(1, view.y(Math.min(bar.open, bar.close)) - top));
    if (this.barWidth > 40) this.cells(bar, x + 9, inner - 9, view, scene);
    if (this.barWidth > 40 || (bar.start / scene.millis) % 10 === 0) {
      this.words(clock(bar.start), x, view.bottom + 9, colour.dim);
    }
  }

  /** Bid x ask of each row; where rows are too thin for numbers, they are merged until they are not. */
  cells(bar, x, width, view, scene) {
    const { context: c, colour } = this;
    const thin = (view.bottom - view.top) / ((view.high - view.low) / scene.row);
    const merge = Math.max(1, Math.ceil(13 / thin));
    const size = scene.row * merge;
    const rows = new Map();
    for (const [key, cell] of bar.rows) {
      const merged = Math.floor(key / merge);
      const sum = rows.get(merged) ?? { buy: 0, sell: 0 };
      sum.buy += cell.buy;
      sum.sell += cell.sell;
      rows.set(merged, sum);
    }
    const most = Math.max(...[...rows.values()].map(cell => cell.buy + cell.sell));
    for (const [key, cell] of rows) {
      const y = view.y((key + 1) * size);
      const height = Math.max(1, view.y(key * size) - y - 1);
      const share = (cell.buy + cell.sell) / most;
      c.fillStyle = cell.buy >= cell.sell ? colour['buy-soft'] : colour['sell-soft'];
      c.fillRect(x, y, width * Math.max(0.08, share), height);
      if (share === 1) {
        c.strokeStyle = colour.ink;
        c.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
      }
      // Diagonal: what was bought here against what was sold one row below, and the reverse.
      const below = rows.get(key - 1)?.sell ?? 0;
      const above = rows.get(key + 1)?.buy ?? 0;
      const strongBuy = cell.buy > most * 0.1 && cell.buy >= 3 * below;
      const strongSell = cell.sell > most * 0.1 && cell.sell >= 3 * above;
      if (height >= 10 && width > 60) {
        c.font = (strongSell ? 'bold ' : '') + '10px system-ui, sans-serif';
        this.words(volume(cell.sell), x + width / 2 - 5, y + height / 2, strongSell ? colour.sell : colour.ink, 'right');
        this.words('×', x + width / 2, y + height / 2, colour.dim, 'center');
        c.font = (strongBuy ? 'bold ' : '') + '10px system-ui, sans-serif';
        this.words(volume(cell.buy), x + width / 2 + 5, y + height / 2, strongBuy ? colour.buy : colour.ink);
        c.font = '11px system-ui, sans-serif';
      } else if (strongBuy || strongSell) {
        c.fillStyle = strongBuy ? colour.buy : colour.sell;
        c.fillRect(x + width - 3, y, 3, height);
      }
    }
  }

  zones(scene, view) {
    for (const zone of scene.zones) {
      const y = view.y(Number(zone.high) + Number(zone.row));
      const height = view.y(Number(zone.low)) - y;
      this.context.globalAlpha = 0.35;
      this.context.fillStyle = this.colour[zone.side === 'BUY' ? 'buy-soft' : 'sell-soft'];
      this.context.fillRect(0, y, view.right, height);
      this.context.globalAlpha = 1;
      this.words(`stacked ${zone.side}, ${zone.state.toLowerCase()}`, 4, y + height / 2, this.colour[zone.side === 'BUY' ? 'buy' : 'sell']);
    }
  }

  valueArea(scene, view) {
    const { poc, vah, val } = scene.profile;
    for (const [price, name] of [[poc, 'POC'], [vah, 'VAH'], [val, 'VAL']]) {
      if (price === null || price < view.low || price > view.high) continue;
      this.line(0, view.y(price), view.right, view.y(price), this.colour.mark, name === 'POC' ? [] : [4, 4]);
      this.words(name, view.right - 4, view.y(price) - 7, this.colour.mark, 'right');
    }
  }

  profile(scene, view, x, width) {
    const { context: c, colour } = this;
    const rows = scene.profile.rows.filter(row => row.price >= view.low && row.price < view.high);
    const most = Math.max(...rows.map(row => row.buy + row.sell));
    for (const row of rows) {
      const y = view.y(row.price + scene.profile.row);
      const height = Math.max(1, view.y(row.price) - y - 0.5);
      const sell = row.sell / most * (width - 4);
      c.globalAlpha = row.price >= scene.profile.val && row.price <= scene.profile.vah ? 1 : 0.45;
      c.fillStyle = colour.sell;
      c.fillRect(x, y, sell, height);
      c.fillStyle = colour.buy;
      c.fillRect(x + sell, y, row.buy / most * (width - 4), height);
    }
    c.globalAlpha = 1;
    this.words('profile since 00:00 UTC', x, 7, colour.dim);
  }

  gaps(scene, bars, x, view) {
    const { context: c, colour } = this;
    // Those that lie side by side share their words.
    let group = null;
    const tell = () => {
      if (!group) return;
      c.save();
      c.translate(group.at - 6, view.top + 6);
      c.rotate(Math.PI / 2);
      const words = [group.missing ? `${count(group.missing, 'trade')} missing` : '',
        group.repaired ? `${group.repaired} missing ones repaired` : ''];
      this.words(words.filter(it => it).join(', '), 0, 0, group.missing ? colour.bad : colour.warn);
      c.restore();
    };
    for (const gap of scene.gaps) {
      const index = bars.findIndex(bar => gap.time < bar.start + scene.millis);
      if (index < 0 || gap.time < bars[0].start) continue;
      const at = x(index) + this.barWidth * Math.min(1, Math.max(0, (gap.time - bars[index].start) / scene.millis));
      this.line(at, view.top, at, view.bottom, gap.repaired ? colour.warn : colour.bad, [2, 3]);
      if (!group || at - group.at > 16) {
        tell();
        group = { at, missing: 0, repaired: 0 };
      }
      group[gap.repaired ? 'repaired' : 'missing'] += gap.count;
    }
    tell();
    bars.forEach((bar, index) => {
      if (bar.repaired && this.barWidth > 40) this.words(`${bar.repaired} repaired`, x(index), view.top + 4, colour.warn);
    });
  }

  bubbles(scene, bars, x, view) {
    const { context: c, colour } = this;
    const most = Math.max(...scene.large.map(it => Number(it.quantity)));
    for (const order of scene.large) {
      const time = moment(order.time);
      const index = bars.findIndex(bar => time >= bar.start && time < bar.start + scene.millis);
      if (index < 0) continue;
      const radius = 4 + 12 * Math.sqrt(Number(order.quantity) / most);
      const tint = colour[order.side === 'BUY' ? 'buy' : 'sell'];
      c.beginPath();
      c.arc(x(index) + this.barWidth * (time - bars[index].start) / scene.millis, view.y(Number(order.price)), radius, 0, 2 * Math.PI);
      c.globalAlpha = 0.3;
      c.fillStyle = tint;
      c.fill();
      c.globalAlpha = 1;
      c.strokeStyle = tint;
      c.stroke();
    }
  }

  lastPrice(bar, view) {
    const y = view.y(bar.close);
    const tint = this.colour[bar.close >= bar.open ? 'buy' : 'sell'];
    this.line(0, y, view.right, y, tint, [1, 3]);
    this.context.fillStyle = tint;
    this.context.fillRect(view.right, y - 8, AXIS, 16);
    this.words(String(bar.close), view.right + 4, y, this.colour.panel);
  }

  /** Delta of each bar, and CVD, whose newest point is the one of the session. */
  panes(scene, bars, x, top, right) {
    const { colour, height } = this;
    const half = (height - top) / 2;
    const deltas = bars.map(bar => bar.buy - bar.sell);
    const most = Math.max(...deltas.map(Math.abs)) || 1;
    const zero = top + half / 2;
    this.line(0, top, right, top, colour.line);
    this.words('Delta', 4, top + 8, colour.dim);
    deltas.forEach((delta, index) => {
      const size = Math.abs(delta) / most * (half / 2 - 12);
      this.context.fillStyle = colour[delta >= 0 ? 'buy' : 'sell'];
      this.context.fillRect(x(index), delta >= 0 ? zero - size : zero, Math.max(1, this.barWidth - GAP), Math.max(1, size));
      if (this.barWidth > 40) this.words(short(delta), x(index), delta >= 0 ? zero + 8 : zero - 8, colour.ink);
    });
    const after = scene.bars.slice(scene.bars.indexOf(bars.at(-1)) + 1).reduce((sum, bar) => sum + bar.buy - bar.sell, 0);
    let sum = (scene.cvd ?? 0) - after;
    const points = [];
    for (let i = bars.length - 1; i >= 0; i--) {
      points.unshift(sum);
      sum -= deltas[i];
    }
    const low = Math.min(...points);
    const span = Math.max(...points) - low || 1;
    const base = top + half;
    const y = value => height - 6 - (value - low) / span * (half - 24);
    this.line(0, base, right, base, colour.line);
    this.words(scene.cvd === null ? 'CVD of what is shown' : 'CVD since 00:00 UTC', 4, base + 8, colour.dim);
    for (let i = 1; i < points.length; i++) {
      const step = this.barWidth;
      this.line(x(i - 1) + step / 2, y(points[i - 1]), x(i) + step / 2, y(points[i]), colour[points[i] >= points[i - 1] ? 'buy' : 'sell']);
    }
    this.words(short(points.at(-1)), right + 4, y(points.at(-1)), colour.ink);
  }
}

function volume(number) {
  if (number === 0) return '0';
  return number >= 1000 ? (number / 1000).toFixed(1) + 'k' : number >= 100 ? number.toFixed(0) : number >= 1 ? number.toFixed(2) : number.toFixed(3);
}
