// What a bar's rows say: where one side outweighs the other across a price, and where that is stacked.

const RATIO = 3;
const STACK = 3;
const PERCENTILE = 0.6;

/** Rows joined until each is tall enough to be read; keys count rows of the new size. */
export function merge(rows, factor) {
  if (factor === 1) return rows;
  const merged = new Map();
  for (const [key, cell] of rows) {
    const sum = merged.get(Math.floor(key / factor)) ?? { buy: 0, sell: 0 };
    sum.buy += cell.buy;
    sum.sell += cell.sell;
    merged.set(Math.floor(key / factor), sum);
  }
  return merged;
}

/** The least volume that can be an imbalance: what six in ten rows do not exceed, as in the metrics. */
export function least(maps) {
  const volumes = maps.flatMap(rows => [...rows.values()].map(cell => cell.buy + cell.sell)).sort((a, b) => a - b);
  return volumes.length ? volumes[Math.max(0, Math.ceil(volumes.length * PERCENTILE) - 1)] : 0;
}

/** Which sides of which rows outweigh their diagonal neighbour, by the rule of the metrics. */
export function imbalances(rows, least) {
  const found = new Map();
  for (const [key, cell] of rows) {
    const below = rows.get(key - 1)?.sell ?? 0;
    const above = rows.get(key + 1)?.buy ?? 0;
    found.set(key, {
      buy: outweighs(cell.buy, below, least),
      sell: outweighs(cell.sell, above, least),
    });
  }
  return found;
}

function outweighs(volume, against, least) {
  return volume > 0 && volume >= RATIO * against && volume >= least && volume - against >= least / 2;
}

/** Runs of three or more adjacent rows with an imbalance of the same side. */
export function stacks(found) {
  const runs = [];
  for (const side of ['buy', 'sell']) {
    const keys = [...found.keys()].filter(key => found.get(key)[side]).sort((a, b) => a - b);
    let from = 0;
    for (let i = 1; i <= keys.length; i++) {
      if (keys[i] === keys[i - 1] + 1) continue;
      if (i - from >= STACK) runs.push({ side, low: keys[from], high: keys[i - 1] });
      from = i;
    }
  }
  return runs;
}
