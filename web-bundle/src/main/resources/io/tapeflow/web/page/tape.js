// The newest trades of one instrument, and bars of any length made of them.

const KEPT = 10000;
const BARS = 300;

/** Holds trades by id, oldest first, each once; prices and quantities as numbers for drawing. */
export class Tape {
  constructor() {
    this.trades = [];
    this.gaps = [];
  }

  /** Adds trades of the API, and gives those that came late, which are put at their place. */
  add(trades) {
    const late = [];
    for (const it of trades) {
      const trade = {
        id: it.id, time: it.timeMicros / 1000, price: Number(it.price), quantity: Number(it.quantity),
        buy: it.side === 'BUY', repaired: it.repaired, block: it.block, text: it,
      };
      const last = this.trades.at(-1);
      if (!last || trade.id > last.id) {
        this.trades.push(trade);
      } else if (this.insert(trade)) {
        late.push(trade);
      }
    }
    // Cut rarely, so that it costs nothing for each trade.
    if (this.trades.length > KEPT * 1.1) {
      this.trades.splice(0, this.trades.length - KEPT);
      this.gaps = this.gaps.filter(gap => gap.lastId >= this.trades[0].id);
    }
    return late;
  }

  insert(trade) {
    let low = 0;
    let high = this.trades.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.trades[middle].id < trade.id) low = middle + 1;
      else high = middle;
    }
    if (this.trades[low]?.id === trade.id) return false;
    this.trades.splice(low, 0, trade);
    return true;
  }

  gap(gap) {
    const last = this.trades.at(-1);
    this.gaps.push({ ...gap, time: last ? last.time : Date.now(), repaired: false });
    if (this.gaps.length > 100) this.gaps.shift();
  }

  /** Takes over what the metrics miss, such as from before this page was opened. */
  missing(ranges) {
    for (const { firstId, lastId } of ranges) {
      if (this.gaps.some(gap => gap.firstId <= lastId && gap.lastId >= firstId)) continue;
      const before = this.trades.findLast(trade => trade.id < firstId);
      if (before) this.gaps.push({ firstId, lastId, count: lastId - firstId + 1, time: before.time, repaired: false });
    }
  }

  repair(repair) {
    for (const gap of this.gaps) {
      if (gap.firstId >= repair.firstId && gap.lastId <= repair.lastId) gap.repaired = true;
    }
    return this.add(repair.trades);
  }
}

/** Bars of equal time, of which only the newest change. */
export class Bars {
  constructor(tape, millis, row) {
    this.tape = tape;
    this.millis = millis;
    this.row = row;
    this.rebuild();
  }

  rebuild() {
    this.list = [];
    this.begins = null; // when what is in the bars begins
    this.lastId = -1;
    this.catchUp();
  }

  catchUp() {
    const trades = this.tape.trades;
    let from = trades.length;
    while (from > 0 && trades[from - 1].id > this.lastId) from--;
    for (let i = from; i < trades.length; i++) this.add(trades[i]);
    if (this.list.length > BARS) {
      this.list.splice(0, this.list.length - BARS);
      this.begins = this.list[0].start;
    }
  }

  add(trade) {
    this.lastId = trade.id;
    if (trade.block) return;
    this.begins ??= trade.time;
    const start = this.start(trade);
    let bar = this.list.at(-1);
    // A trade stamped earlier than the bar stays in it, as it does in the metrics.
    if (!bar || start > bar.start) {
      bar = opened(start, trade);
      this.list.push(bar);
    }
    this.put(bar, trade);
  }

  /** Whether the tape has let go of trades that are in bars. */
  reachBack() {
    return this.list.length > 0 && this.begins < this.tape.trades[0].time;
  }

  /** A trade that came late, at its place; not one from before all bars, of which there is no more. */
  addLate(trade) {
    if (trade.id > this.lastId || trade.block) return;
    let index = this.list.findIndex(bar => bar.lastId > trade.id);
    if (index < 0) index = this.list.length - 1;
    const bar = this.list[index];
    if (trade.id > bar.firstId || trade.time >= bar.start) {
      this.put(bar, trade);
    } else if (index > 0) {
      let before = this.list[index - 1];
      if (before.start < this.start(trade)) {
        before = opened(this.start(trade), trade);
        this.list.splice(index, 0, before);
      }
      this.put(before, trade);
    }
  }

  start(trade) {
    return Math.floor(trade.time / this.millis) * this.millis;
  }

  put(bar, trade) {
    if (trade.id < bar.firstId) {
      bar.firstId = trade.id;
      bar.open = trade.price;
    }
    if (!(trade.id < bar.lastId)) {
      bar.lastId = trade.id;
      bar.close = trade.price;
      bar.last = trade.text.price;
    }
    bar.high = Math.max(bar.high, trade.price);
    bar.low = Math.min(bar.low, trade.price);
    bar.repaired += trade.repaired ? 1 : 0;
    const key = Math.floor(trade.price / this.row + 1e-9);
    let cell = bar.rows.get(key);
    if (!cell) bar.rows.set(key, cell = { buy: 0, sell: 0 });
    if (trade.buy) {
      bar.buy += trade.quantity;
      cell.buy += trade.quantity;
    } else {
      bar.sell += trade.quantity;
      cell.sell += trade.quantity;
    }
  }
}

/** A bar that has nothing in it yet. */
function opened(start, trade) {
  return { start, firstId: trade.id, open: trade.price, high: trade.price, low: trade.price,
    buy: 0, sell: 0, rows: new Map(), repaired: 0 };
}
